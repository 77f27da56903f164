import type { Attributes } from '@opentelemetry/api';
import type { CapturedHeaders } from '../settings/read-captured-headers.ts';
import type { RedactionSettings } from '../settings/read-redaction.ts';
import type { UrlRedaction } from './redact-url.ts';

/** A header's value or values, by its name in lower case. */
export type HeaderOf = (name: string) => string | number | readonly string[] | undefined;

/** Adds the headers that are on the allow-list to a span's attributes. */
export type CaptureHeaders = (attributes: Attributes, headerOf: HeaderOf) => void;

/** What is captured of each kind of message; undefined where nothing is. */
export type HeaderCaptures = { readonly [message in keyof CapturedHeaders]?: CaptureHeaders };

/** Never exported, even where the allow-list names them: then that they were there is said. */
const secretHeaders = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie'];

export function headerCaptures(
  names: CapturedHeaders,
  redaction: RedactionSettings,
  urls: UrlRedaction,
): HeaderCaptures {
  const secret = new Set([...secretHeaders, ...redaction.headers]);
  const shown = (name: string, value: string) => {
    if (secret.has(name)) return 'REDACTED';
    return isUrl(value) ? urls.url(value) : value;
  };
  const capture = (kind: 'request' | 'response', wanted: readonly string[]) =>
    wanted.length === 0
      ? undefined
      : (attributes: Attributes, headerOf: HeaderOf) => {
          for (const name of wanted) {
            const values = [headerOf(name) ?? []].flat().map(String);
            if (values.length === 0) continue;
            attributes[`http.${kind}.header.${name}`] = values.map((value) => shown(name, value));
          }
        };
  const { serverRequest, serverResponse, clientRequest, clientResponse } = names;
  const captures: Record<keyof CapturedHeaders, CaptureHeaders | undefined> = {
    serverRequest: capture('request', serverRequest),
    serverResponse: capture('response', serverResponse),
    clientRequest: capture('request', clientRequest),
    clientResponse: capture('response', clientResponse),
  };
  return captures as HeaderCaptures;
}

/** Such as `location` and `referer` have. */
function isUrl(value: string): boolean {
  return /^([a-z][a-z\d+.-]*:\/)?\//i.test(value);
}
