import type { Environment } from './environment.ts';
import { installedPackage } from './installed-package.ts';
import { withoutPlaintextCredentials } from './plaintext-credentials.ts';
import { readProxy } from './read-proxy.ts';
import { readTls } from './read-tls.ts';
import { GENERAL_ENDPOINTS, type OtlpRows, otlpRows } from './rows-otlp.ts';
import type { OtlpProtocol, OtlpSettings, SignalName } from './settings.ts';

/** How one signal leaves over OTLP. */
export function readOtlp(
  signal: SignalName,
  env: Environment,
  exportTimeoutMillis: number,
): OtlpSettings {
  const rows = otlpRows[signal];
  const protocol = protocolFrom(signal, env);
  const wanted = protocol === 'grpc' ? grpcUrl(env, rows) : httpUrl(signal, env);
  const addressed = { url: wanted, headers: env.read(rows.headers) };
  const { url, headers } = withoutPlaintextCredentials(env, addressed);
  const isEncrypted = url.startsWith('https:');
  return {
    protocol,
    url,
    encoding: env.read(rows.encoding) ?? (protocol === 'http/json' ? 'json' : 'protobuf'),
    headers,
    compression: env.read(rows.compression),
    timeoutMillis: Math.min(env.read(rows.timeout), exportTimeoutMillis),
    proxy: protocol === 'grpc' ? undefined : readProxy(env, url),
    ...(isEncrypted ? readTls(env, rows) : { tls: undefined, refusal: undefined }),
  };
}

/** The official package that brings gRPC to a signal. */
export function grpcPackage(signal: SignalName): string {
  return `@opentelemetry/exporter-${signal === 'traces' ? 'trace' : signal}-otlp-grpc`;
}

function protocolFrom(signal: SignalName, env: Environment): OtlpProtocol {
  const { value, origin = 'protocol' } = env.find(otlpRows[signal].protocol);
  if (value !== 'grpc' || installedPackage(grpcPackage(signal))) return value;
  const name = grpcPackage(signal);
  const expected = `the package ${name} to be installed for it (npm install ${name})`;
  env.report(origin, value, expected, 'http/protobuf');
  return 'http/protobuf';
}

/** OTLP exporter, "Endpoint URLs for OTLP/HTTP": the signal's own is taken as it is, a general one gets the path. */
function httpUrl(signal: SignalName, env: Environment): string {
  const { value, origin } = env.find(otlpRows[signal].endpoint);
  const url = new URL(value ?? 'http://localhost:4318');
  if (origin === undefined || GENERAL_ENDPOINTS.includes(origin)) {
    url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/${signal}`;
  }
  return url.href;
}

/** OTLP exporter: without a scheme, `insecure` says which. */
function grpcUrl(env: Environment, rows: OtlpRows): string {
  const target = env.read(rows.target) ?? 'http://localhost:4317';
  if (target.includes('://')) return new URL(target).href;
  return new URL(`${env.read(rows.insecure) ? 'http' : 'https'}://${target}`).href;
}
