import type { Environment } from './environment.ts';
import type { HttpOption } from './options.ts';

/** What is measured of HTTP beside the durations. */
export interface HttpSettings {
  readonly activeRequests: boolean;
  readonly bodySizes: boolean;
}

/** Option, then variable, then off. */
export function readHttp(env: Environment, option: HttpOption = {}): HttpSettings {
  return {
    activeRequests: flag(env, 'activeRequests', option, 'OTEL_NODE_HTTP_ACTIVE_REQUESTS'),
    bodySizes: flag(env, 'bodySizes', option, 'OTEL_NODE_HTTP_BODY_SIZES'),
  };
}

function flag(
  env: Environment,
  name: keyof HttpOption,
  option: HttpOption,
  variable: string,
): boolean {
  const fallback = env.flag(variable);
  const wanted: unknown = option[name];
  if (wanted === undefined) return fallback;
  if (typeof wanted === 'boolean') return wanted;
  env.report(`http.${name}`, String(wanted), 'true or false', String(fallback));
  return fallback;
}
