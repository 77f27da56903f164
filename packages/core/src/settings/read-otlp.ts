import type { Environment } from './environment.ts';
import { maskedUrl } from './masked-url.ts';
import type { OtlpHttpOption } from './options.ts';
import type { OtlpSettings, SignalName } from './settings.ts';

/** How one signal leaves over OTLP: option, then the signal's own variable, then the general one. */
export function readOtlp(
  signal: SignalName,
  env: Environment,
  option: OtlpHttpOption = {},
): OtlpSettings {
  const own = (name: string) => [
    `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${name}`,
    `OTEL_EXPORTER_OTLP_${name}`,
  ];
  const protocol = env.choice(own('PROTOCOL'), ['http/protobuf', 'http/json'], 'http/protobuf');
  return {
    url: urlFrom(signal, env, option),
    encoding: option.encoding ?? (protocol === 'http/json' ? 'json' : 'protobuf'),
    headers: { ...env.pairs(...own('HEADERS')), ...option.headers },
    compression: option.compression ?? env.choice(own('COMPRESSION'), ['none', 'gzip'], 'none'),
    timeoutMillis: option.timeout ?? env.count(own('TIMEOUT'), 1, 10_000),
  };
}

const defaultEndpoint = 'http://localhost:4318';

/** OTLP exporter, "Endpoint URLs for OTLP/HTTP": the signal's own variable is taken as it is, a general one gets the path. */
function urlFrom(signal: SignalName, env: Environment, option: OtlpHttpOption): string {
  const own = `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`;
  const candidates = [
    { setting: 'exporter.otlpHttp.endpoint', raw: option.endpoint, path: `/v1/${signal}` },
    { setting: own, raw: env.text(own), path: '' },
    {
      setting: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      raw: env.text('OTEL_EXPORTER_OTLP_ENDPOINT'),
      path: `/v1/${signal}`,
    },
  ];
  for (const { setting, raw, path } of candidates) {
    if (!raw) continue;
    const url = httpUrl(raw, path);
    if (url) return url;
    env.report(setting, maskedUrl(raw), 'an http:// or https:// URL', defaultEndpoint);
    break;
  }
  return `${defaultEndpoint}/v1/${signal}`;
}

function httpUrl(raw: string, path: string): string | undefined {
  if (!URL.canParse(raw)) return undefined;
  const url = new URL(raw);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  if (path) url.pathname = url.pathname.replace(/\/$/, '') + path;
  return url.href;
}
