/** Query keys whose values are secrets (HTTP semantic conventions, `url.query` and `url.full`). */
const secretKeys =
  /([?&](?:AWSAccessKeyId|Signature|sig|X-Goog-Signature|X-Amz-(?:Signature|Credential|Security-Token))=)[^&#]*/g;

/** A query without its leading `?`, secrets replaced. */
export function redactQuery(query: string): string {
  return `?${query}`.replace(secretKeys, '$1REDACTED').slice(1);
}

/** A URL, secrets in its query and the user's name and password replaced. */
export function redactUrl(url: string): string {
  return url
    .replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1REDACTED:REDACTED@')
    .replace(secretKeys, '$1REDACTED');
}
