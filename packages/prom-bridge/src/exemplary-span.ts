import { currentTraceFields } from '@org/otel-core';
import type { Labels } from './prom-registry.ts';

/** The labels of an exemplar taken now, by OTEL_METRICS_EXEMPLAR_FILTER; undefined when there shall be none. */
export function exemplaryLabels(): Labels | undefined {
  const filter = process.env['OTEL_METRICS_EXEMPLAR_FILTER']?.trim().toLowerCase();
  if (filter === 'always_off') return undefined;
  const span = currentTraceFields();
  if (!span) return undefined;
  const wanted = span.sampled || filter === 'always_on';
  return wanted ? { trace_id: span.traceId, span_id: span.spanId } : undefined;
}
