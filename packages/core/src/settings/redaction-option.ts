/**
 * Which values in URLs and captured headers are replaced by `REDACTED`, beside a URL's user name and
 * password and the query keys that the semantic conventions call sensitive. What is named here adds to
 * those and takes none away.
 */
export interface RedactionOption {
  /**
   * More query keys whose values are secrets, such as `['token', 'api_key']`. Case is ignored.
   * Environment: `OTEL_NODE_REDACTED_QUERY_KEYS`, separated by commas.
   * @defaultValue none
   */
  readonly queryKeys?: readonly string[];
  /**
   * Replaces every value in a query; keys stay.
   * Environment: `OTEL_NODE_REDACT_ALL_QUERY_VALUES`.
   * @defaultValue `false`
   */
  readonly allQueryValues?: boolean;
  /**
   * More headers whose values are secrets, should they be captured, beside `authorization`,
   * `proxy-authorization`, `cookie` and `set-cookie`. Case is ignored.
   * Environment: `OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SANITIZE_FIELDS`, separated by commas.
   * @defaultValue none
   */
  readonly headers?: readonly string[];
}
