import { flag, grpcTarget, headers, httpUrl, oneOf, text, timeout } from './kinds.ts';
import { type Kind, setting } from './setting.ts';
import { type OtlpProtocol, otlpProtocols, type SignalName } from './settings.ts';

/** The general endpoint gets the signal's path; one of the signal's own is taken as it is. */
export const GENERAL_ENDPOINTS: readonly string[] = [
  'exporter.otlpHttp.endpoint',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
];

/** The OTLP exporter of each signal: the signal's own settings before the general ones. */
export const otlpRows = {
  traces: rowsOf('traces'),
  metrics: rowsOf('metrics'),
  logs: rowsOf('logs'),
};

export type OtlpRows = ReturnType<typeof rowsOf>;

function rowsOf(signal: SignalName) {
  const from = (variable: string, option: string) => ({
    variables: [
      `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${variable}`,
      `OTEL_EXPORTER_OTLP_${variable}`,
    ],
    options: [`${signal}.otlpHttp.${option}`, `exporter.otlpHttp.${option}`],
  });
  const protocol = from('PROTOCOL', 'protocol');
  return {
    protocol: setting<OtlpProtocol>({
      ...protocol,
      kind: oneOf(otlpProtocols),
      fallback: 'http/protobuf',
      says: '`grpc` needs the official exporter package of the signal, and says so.',
    }),
    encoding: setting<'protobuf' | 'json' | undefined>({
      variables: [],
      options: [`${signal}.otlpHttp.encoding`, 'exporter.otlpHttp.encoding'],
      kind: oneOf(['protobuf', 'json'] as const) as Kind<'protobuf' | 'json' | undefined>,
      fallback: undefined,
      byDefault: 'as the protocol says',
      says: 'The encoding over HTTP; wins over the protocol.',
    }),
    endpoint: setting({
      ...from('ENDPOINT', 'endpoint'),
      kind: httpUrl,
      fallback: undefined,
      byDefault: 'http://localhost:4318',
      says: `The receiver; \`/v1/${signal}\` is added to the general one. Over gRPC: \`http://localhost:4317\`, and nothing is added.`,
    }),
    target: setting({
      ...from('ENDPOINT', 'endpoint'),
      kind: grpcTarget,
      fallback: undefined,
      byDefault: 'http://localhost:4317',
      says: 'The receiver over gRPC.',
    }),
    insecure: setting({
      ...from('INSECURE', 'insecure'),
      kind: flag,
      fallback: false,
      says: 'Only over gRPC, and for an endpoint without http:// or https://: `true` sends without TLS.',
    }),
    headers: setting({
      ...from('HEADERS', 'headers'),
      kind: headers,
      fallback: {},
      byDefault: 'no pairs',
      says: 'Request headers, such as an API key; as an option, by name. Never shown.',
    }),
    compression: setting<'none' | 'gzip'>({
      ...from('COMPRESSION', 'compression'),
      kind: oneOf(['none', 'gzip']),
      fallback: 'none',
      says: 'Compression of what is sent.',
    }),
    timeout: setting({
      ...from('TIMEOUT', 'timeout'),
      kind: timeout,
      fallback: 10_000,
      says: 'Milliseconds one attempt may take, its answer included; 0 is no limit.',
    }),
    caFile: setting({
      ...from('CERTIFICATE', 'tls.caFile'),
      kind: text,
      fallback: undefined,
      byDefault: 'the certificate authorities of Node',
      says: 'A PEM file with the certificates to trust, for https. One that cannot be used stops delivery; it is never sent unchecked.',
    }),
    keyFile: setting({
      ...from('CLIENT_KEY', 'tls.keyFile'),
      kind: text,
      fallback: undefined,
      byDefault: 'none',
      says: 'A PEM file with the private key of this client (mTLS).',
    }),
    certFile: setting({
      ...from('CLIENT_CERTIFICATE', 'tls.certFile'),
      kind: text,
      fallback: undefined,
      byDefault: 'none',
      says: 'A PEM file with the certificate of this client (mTLS).',
    }),
  };
}
