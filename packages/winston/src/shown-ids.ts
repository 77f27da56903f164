import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';

// Nearly all ids are written so already. Of what a line costs, looking at each digit and changing its case was the most.
const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0{16})[0-9a-f]{16}$/;

/** The span with its ids as lines show them, in lower case; undefined if they are no ids. */
export function shownIds(span: SpanContext): SpanContext | undefined {
  const { traceId, spanId, traceFlags } = span;
  if (typeof traceId === 'string' && TRACE_ID.test(traceId) && isShown(spanId)) return span;
  if (!isSpanContextValid(span)) return undefined;
  return { traceId: traceId.toLowerCase(), spanId: spanId.toLowerCase(), traceFlags };
}

function isShown(spanId: unknown): boolean {
  return typeof spanId === 'string' && SPAN_ID.test(spanId);
}
