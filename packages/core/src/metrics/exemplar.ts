import type { Attributes, SpanContext } from '@opentelemetry/api';

/** A measurement kept as an example of its series, with the span it was made in. */
export interface Exemplar {
  readonly value: number;
  /** When it was measured, in milliseconds since 1970. */
  readonly time: number;
  /** Of the span; absent where none was active. */
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
  /** What a view filtered out of the series' attributes. */
  readonly filteredAttributes?: Readonly<Attributes>;
}

/** The exemplar of a measurement made now, in this span if in any. */
export function exemplarOf(value: number, span: SpanContext | undefined): Exemplar {
  return { value, time: Date.now(), traceId: span?.traceId, spanId: span?.spanId };
}
