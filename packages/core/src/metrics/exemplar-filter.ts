import { type Span, type SpanContext, TraceFlags } from '@opentelemetry/api';
import { UnsampledSpan } from '../traces/unsampled-span.ts';

/** The filters of the specification, by their names in OTEL_METRICS_EXEMPLAR_FILTER. */
export const exemplarFilterNames = ['trace_based', 'always_on', 'always_off'] as const;

export type ExemplarFilterName = (typeof exemplarFilterNames)[number];

/** Whether a measurement made in this span may become an exemplar: then it is the span's context, else undefined. */
export type ExemplarFilter = (span: Span) => SpanContext | undefined;

export const exemplarFilters: Readonly<Record<ExemplarFilterName, ExemplarFilter>> = {
  always_on: (span) => span.spanContext(),
  always_off: () => undefined,
  trace_based: ifSampled,
};

function ifSampled(span: Span): SpanContext | undefined {
  if (span instanceof UnsampledSpan) return undefined; // its ids are not written out for this
  const context = span.spanContext();
  return (context.traceFlags & TraceFlags.SAMPLED) === 0 ? undefined : context;
}
