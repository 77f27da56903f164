import type { OtlpSettings } from '../settings/settings.ts';
import type { Finding } from './finding.ts';

/** Why nobody answered, as Node or gRPC has it. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

interface Reason {
  readonly id: string;
  /** By the code, or by the message where gRPC says more there. */
  readonly matches: RegExp;
  readonly means: string;
  readonly advice: string;
}

const CA = 'Name the certificate authority in OTEL_EXPORTER_OTLP_CERTIFICATE (a PEM file).';
const SCHEME =
  'Check scheme and port: https:// needs a receiver with TLS, http:// one without; 4318 takes HTTP and 4317 gRPC.';

const REASONS: readonly Reason[] = [
  {
    id: 'connection-refused',
    matches: /ECONNREFUSED/,
    means: 'nobody listens there',
    advice:
      'Start the collector, or set OTEL_EXPORTER_OTLP_ENDPOINT to where it listens; in a container localhost is the container itself.',
  },
  {
    id: 'unknown-host',
    matches: /ENOTFOUND|EAI_AGAIN|Name resolution failed/,
    means: 'its name cannot be resolved',
    advice: 'Check the host name for a typing error, and the DNS of this machine or container.',
  },
  {
    id: 'timeout',
    matches: /ABORT_ERR|ETIMEDOUT|DEADLINE_EXCEEDED|no answer within/,
    means: 'no answer came in time',
    advice:
      'A firewall may drop the packets, or the receiver is overloaded; OTEL_EXPORTER_OTLP_TIMEOUT is how long is waited.',
  },
  {
    id: 'unreachable',
    matches: /EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM/,
    means: 'there is no way to it from here',
    advice: 'Check address, routes and network policies; a proxy is set by https_proxy.',
  },
  {
    id: 'tls-expired',
    matches: /CERT_HAS_EXPIRED|certificate has expired/,
    means: 'its certificate has expired',
    advice: 'Renew it; if it is valid elsewhere, the clock of this machine is wrong.',
  },
  {
    id: 'tls-not-yet-valid',
    matches: /CERT_NOT_YET_VALID/,
    means: 'its certificate is not valid yet',
    advice: 'The clock of this machine is behind, or the certificate was made with a wrong one.',
  },
  {
    id: 'tls-hostname',
    matches: /ERR_TLS_CERT_ALTNAME_INVALID|does not match certificate/,
    means: 'its certificate is for another name',
    advice: 'Use a name in the endpoint that the certificate has, or have this one put into it.',
  },
  {
    id: 'tls-untrusted',
    matches:
      /SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT|self.signed certificate|unable to verify/,
    means: 'its certificate is signed by nobody whom Node trusts',
    advice: CA,
  },
  {
    id: 'tls-client-certificate',
    matches: /CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE|alert certificate required/i,
    means: 'it asks for a certificate of the client, or for another one',
    advice: 'Set OTEL_EXPORTER_OTLP_CLIENT_KEY and OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE.',
  },
  {
    id: 'not-tls',
    matches: /EPROTO|ERR_SSL|wrong version number|packet length too long/,
    means: 'it does not speak TLS',
    advice: SCHEME,
  },
  {
    id: 'not-http',
    matches: /^HPE_|not HTTP|ECONNRESET|EPIPE|UNAVAILABLE|INTERNAL|Protocol error/,
    means: 'it ends the connection without an answer that can be read',
    advice: SCHEME,
  },
];

/** What the failure of the probe shows. */
export function failureFinding(failure: Failure, { url, proxy }: OtlpSettings): Finding {
  const { id, means, advice } = reasonOf(failure);
  const { origin } = new URL(url);
  const way = proxy ? ', asked through a proxy' : '';
  const code = failure.code || failure.message;
  const what = `${origin} cannot be reached${way}: ${means} (${code}).`;
  return { id, level: 'error', what, advice };
}

function reasonOf({ code, message }: Failure): Omit<Reason, 'matches'> {
  const found = [code, message].flatMap(
    (text) => REASONS.find(({ matches }) => matches.test(text)) ?? [],
  );
  const unknown = {
    id: 'unreachable',
    means: message || 'no reason is known',
    advice: 'Is a collector listening there (OTEL_EXPORTER_OTLP_ENDPOINT)?',
  };
  return found[0] ?? unknown;
}
