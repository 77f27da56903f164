import type { Exemplar } from './metric-data.ts';
import type { Labels, PromExemplar } from './prom-registry.ts';

const TRACE_ID = /^[0-9a-f]{32}$/;
const SPAN_ID = /^[0-9a-f]{16}$/;

/** prom-client's exemplar as OpenTelemetry's: its labels `trace_id` and `span_id` are the span, the others attributes. */
export function exemplarOf({ labelSet, value, timestamp }: PromExemplar): Exemplar {
  const { trace_id, traceId = trace_id, span_id, spanId = span_id, ...others } = labelSet;
  const ids = {
    ...(TRACE_ID.test(String(traceId)) ? { traceId: String(traceId) } : {}),
    ...(SPAN_ID.test(String(spanId)) ? { spanId: String(spanId) } : {}),
  };
  return { value, time: timestamp * 1000, filteredAttributes: others, ...ids };
}

/** OpenTelemetry's exemplar as prom-client writes it: OpenMetrics has room for 128 characters, so the ids alone. */
export function promExemplar({ value, time, traceId, spanId }: Exemplar): PromExemplar {
  const labelSet: Labels = traceId && spanId ? { trace_id: traceId, span_id: spanId } : {};
  return { labelSet, value, timestamp: time / 1000 };
}
