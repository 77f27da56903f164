import type { Attributes } from '@opentelemetry/api';

/** What a span that may start is about; each part is made when it is asked for, which for most unsampled spans is never. */
export interface SpanSubject {
  /** As `http.request.method` has it; undefined where the span is about no request. */
  readonly method: string | undefined;
  /** As `url.path` has it; undefined where the span is about no request. */
  readonly path: string | undefined;
  attributes(): Attributes | undefined;
}
