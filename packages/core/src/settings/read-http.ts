import type { Environment } from './environment.ts';
import { httpRows } from './rows-http.ts';

/** What is measured of HTTP beside the durations. */
export interface HttpSettings {
  readonly activeRequests: boolean;
  readonly bodySizes: boolean;
}

export function readHttp(env: Environment): HttpSettings {
  return {
    activeRequests: env.read(httpRows.activeRequests),
    bodySizes: env.read(httpRows.bodySizes),
  };
}
