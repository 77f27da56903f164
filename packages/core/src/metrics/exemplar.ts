import type { SpanContext } from '@opentelemetry/api';

/** A measurement kept as an example of its series, with the span it was made in. */
export interface Exemplar {
  readonly value: number;
  /** When it was measured, in milliseconds since 1970. */
  readonly time: number;
  /** Of the span; absent where none was active. */
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
  /** What a view filtered out of the series' attributes. */
  readonly filteredAttributes?: Readonly<Record<string, string | number | boolean>>;
}

/** The exemplar of a measurement made now. */
export function exemplarOf(value: number, { traceId, spanId }: SpanContext): Exemplar {
  return { value, time: Date.now(), traceId, spanId };
}
