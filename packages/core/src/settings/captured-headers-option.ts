/**
 * Headers that become attributes of HTTP spans, `http.request.header.{name}` and
 * `http.response.header.{name}`. No header does that is not named here.
 */
export interface CapturedHeadersOption {
  /** Of requests that this process serves. */
  readonly server?: HeaderNames;
  /** Of requests that this process makes. */
  readonly client?: HeaderNames;
}

/** Names of headers; case is ignored. */
export interface HeaderNames {
  /**
   * Environment: `OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST`,
   * `OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_CLIENT_REQUEST`, separated by commas.
   * @defaultValue none
   */
  readonly request?: readonly string[];
  /**
   * Environment: `OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_RESPONSE`,
   * `OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_CLIENT_RESPONSE`, separated by commas.
   * @defaultValue none
   */
  readonly response?: readonly string[];
}
