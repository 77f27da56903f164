import type { RedactionSettings } from '../settings/read-redaction.ts';

/** Takes the secrets out of what is said of a URL. */
export interface UrlRedaction {
  /** A query without its leading `?`. */
  query(query: string): string;
  /** A whole URL: user name, password, query and fragment. */
  url(url: string): string;
}

/** Query keys whose values are secrets (HTTP semantic conventions, `url.query` and `url.full`), in lower case: in another spelling they are secrets still. */
const sensitiveKeys = [
  'awsaccesskeyid',
  'signature',
  'sig',
  'x-goog-signature',
  'x-goog-credential',
  'x-amz-signature',
  'x-amz-credential',
  'x-amz-security-token',
];

const REDACTED = 'REDACTED';

/** One of `key=value`, or a key alone. */
const parameter = /([^?&;#=]+)(=?)([^?&;#]*)/g;

/** What the settings say is secret, and what the conventions say. */
export function urlRedaction({ queryKeys, allQueryValues }: RedactionSettings): UrlRedaction {
  const secret = new Set([...sensitiveKeys, ...queryKeys]);

  function query(text: string): string {
    return text.replace(parameter, (whole, key: string, equals: string) => {
      if (!equals) return allQueryValues ? REDACTED : whole;
      return allQueryValues || secret.has(spelled(key)) ? `${key}=${REDACTED}` : whole;
    });
  }

  function url(text: string): string {
    const mark = text.search(/[?#]/);
    if (mark < 0) return withoutUserinfo(text);
    return withoutUserinfo(text.slice(0, mark)) + query(text.slice(mark));
  }

  return { query, url };
}

/** `X%2DAmz-Signature` is that key as well. */
function spelled(key: string): string {
  if (!key.includes('%')) return key.toLowerCase();
  try {
    return decodeURIComponent(key).toLowerCase();
  } catch {
    return key.toLowerCase();
  }
}

function withoutUserinfo(text: string): string {
  return text.replace(/^([a-z][a-z\d+.-]*:)?\/\/[^/\\]*@/i, `$1//${REDACTED}:${REDACTED}@`);
}
