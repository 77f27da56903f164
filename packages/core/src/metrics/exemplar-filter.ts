import { type Span, type SpanContext, TraceFlags } from '@opentelemetry/api';

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
  const context = span.spanContext();
  return (context.traceFlags & TraceFlags.SAMPLED) === 0 ? undefined : context;
}
