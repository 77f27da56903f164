import { shownUrl } from '../settings/shown-url.ts';
import type { Exchange } from './exchanges.ts';
import type { Finding } from './finding.ts';
import type { ProbeOutcome } from './probe.ts';

type Answer = NonNullable<Exchange['answer']>;
type Said = Pick<Finding, 'id' | 'what' | 'advice'>;

/** What an HTTP answer to the probe shows; undefined when all is well. */
export function answerFinding(
  answer: Answer,
  { otlp, isDelivered, reason }: ProbeOutcome,
): Finding | undefined {
  const { origin } = new URL(otlp.url);
  const said =
    answer.status >= 200 && answer.status < 300
      ? successSaid(answer, origin, isDelivered, reason)
      : refusalSaid(answer, shownUrl(otlp.url));
  return said && { level: 'error', ...said };
}

function successSaid(
  { status, type }: Answer,
  origin: string,
  isDelivered: boolean,
  reason: string | undefined,
): Said | undefined {
  if (type !== '' && !/protobuf|json/.test(type)) {
    return {
      id: 'not-otlp',
      what: `${origin} answered ${status} with ${type}, which no OTLP receiver does: something else listens there, and what it gets is lost.`,
      advice:
        'Check host, port and path of the endpoint: a web server, a proxy or a login page answers.',
    };
  }
  if (isDelivered) return undefined;
  return {
    id: 'rejected',
    what: `${origin} answered ${status}, but did not take everything${reason ? `: ${reason}` : ''}.`,
    advice: 'What it says of the items is the reason; look into its own log too.',
  };
}

const REFUSALS: Readonly<Record<number, Omit<Said, 'what'> & { readonly means: string }>> = {
  400: {
    id: 'bad-request',
    means: 'it does not understand the request',
    advice: 'Is it an OTLP receiver of this protocol, and of http rather than https?',
  },
  401: {
    id: 'unauthorized',
    means: 'it wants a credential, or another one',
    advice:
      'Set it in OTEL_EXPORTER_OTLP_HEADERS, such as authorization=Bearer%20…, percent-encoded.',
  },
  403: {
    id: 'forbidden',
    means: 'it knows the credential and does not allow this with it',
    advice: 'Use a key that may write, and check the tenant or region in the endpoint.',
  },
  404: {
    id: 'not-found',
    means: 'there is nothing at this path',
    advice:
      'OTEL_EXPORTER_OTLP_ENDPOINT is the address before /v1/…; a receiver below a path needs that path in it.',
  },
  405: {
    id: 'method-not-allowed',
    means: 'it does not take POST there',
    advice:
      'Something else than an OTLP receiver listens there: check port and path of the endpoint.',
  },
  413: {
    id: 'too-large',
    means: 'the request is too large for it',
    advice: 'Raise its limit, or set OTEL_EXPORTER_OTLP_COMPRESSION=gzip.',
  },
  415: {
    id: 'unsupported-encoding',
    means: 'it does not take this encoding',
    advice: 'Set OTEL_EXPORTER_OTLP_PROTOCOL to the other of http/protobuf and http/json.',
  },
  429: {
    id: 'rate-limited',
    means: 'it gets too much, or the quota is used up',
    advice:
      'Send less (sampling), or raise its limit; until then telemetry is kept for a while and then lost.',
  },
};

function refusalSaid({ status }: Answer, url: string): Said {
  const { id, means, advice } = REFUSALS[status] ?? otherRefusal(status);
  return { id, what: `${url} answered ${status}: ${means}.`, advice };
}

function otherRefusal(status: number): (typeof REFUSALS)[number] {
  if (status >= 300 && status < 400) {
    const advice = 'Set the endpoint to where it leads.';
    return { id: 'redirected', means: 'it redirects, which OTLP does not follow', advice };
  }
  if (status >= 500) {
    const advice = 'Look into its log: it, or what stands behind it, is not well.';
    return { id: 'collector-failing', means: 'it has trouble of its own', advice };
  }
  const advice = 'Look into its log for the reason.';
  return { id: 'refused', means: 'it refuses', advice };
}
