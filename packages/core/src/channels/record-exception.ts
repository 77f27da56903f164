import type { Span } from '@opentelemetry/api';

/** Errors whose exception event is written already; wherever they surface again, they are not repeated. */
const recorded = new WeakSet<object>();

/** Writes one exception event for each error object, on the first span that it is reported for. */
export function recordException(span: Span | undefined, error: unknown): void {
  if (!span?.isRecording()) return;
  if (typeof error === 'object' && error !== null) {
    if (recorded.has(error)) return;
    recorded.add(error);
  }
  span.recordException(error instanceof Error ? error : String(error));
}
