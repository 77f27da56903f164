import type { CapturedHeadersOption } from './captured-headers-option.ts';
import type { Environment } from './environment.ts';
import { readList } from './read-list.ts';

/** Names of the headers that become attributes, in lower case. */
export interface CapturedHeaders {
  readonly serverRequest: readonly string[];
  readonly serverResponse: readonly string[];
  readonly clientRequest: readonly string[];
  readonly clientResponse: readonly string[];
}

/** A header's name as RFC 9110 has it, so no pattern: what is captured is written down, name by name. */
export function isHeaderName(name: string): boolean {
  return /^[\w!#$%&'+.^`|~-]+$/.test(name);
}

/** The allow-lists of the four kinds of message: option, then variable. */
export function readCapturedHeaders(
  env: Environment,
  option: CapturedHeadersOption = {},
): CapturedHeaders {
  const names = (side: 'server' | 'client', message: 'request' | 'response') => {
    const variable = `OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_${side}_${message}`.toUpperCase();
    const setting = {
      variable,
      option: `capturedHeaders.${side}.${message}`,
      expected: 'the name of a header, no pattern',
      isGood: isHeaderName,
    };
    return readList(env, setting, option[side]?.[message]).map((name) => name.toLowerCase());
  };
  return {
    serverRequest: names('server', 'request'),
    serverResponse: names('server', 'response'),
    clientRequest: names('client', 'request'),
    clientResponse: names('client', 'response'),
  };
}
