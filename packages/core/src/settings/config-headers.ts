import type { CapturedHeadersOption, HeaderNames } from './captured-headers-option.ts';
import type { ConfigNode } from './config-node.ts';

/** The headers that `instrumentation/development` of a configuration file captures. */
export function configHeaders(http: ConfigNode): CapturedHeadersOption {
  return { server: namesOf(http.at('server')), client: namesOf(http.at('client')) };
}

function namesOf(side: ConfigNode): HeaderNames {
  const given = ['request', 'response'].map((message) => [
    message,
    side.at(`${message}_captured_headers`).take<string[]>(),
  ]);
  return Object.fromEntries(given.filter(([, names]) => names !== undefined));
}
