import type { Environment } from './environment.ts';
import { httpRows } from './rows-http.ts';

/** What is measured of HTTP beside the durations. */
export interface HttpSettings {
  readonly activeRequests: boolean;
  readonly bodySizes: boolean;
  /** Methods that are called by their names. */
  readonly knownMethods: readonly string[];
  /** Whether the names from before the conventions were stable are written beside today's. */
  readonly oldNames: boolean;
}

export function readHttp(env: Environment): HttpSettings {
  return {
    activeRequests: env.read(httpRows.activeRequests),
    bodySizes: env.read(httpRows.bodySizes),
    knownMethods: env.read(httpRows.knownMethods),
    oldNames: env.read(httpRows.semconvOptIns).includes('http/dup'),
  };
}
