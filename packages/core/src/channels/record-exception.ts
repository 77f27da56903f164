import type { Span } from '@opentelemetry/api';

/** The trace that an error was written in: wherever it surfaces again in that trace, it is not repeated. */
const writtenIn = new WeakMap<object, string>();

/** Writes one exception event for an error object in a trace, on the first span that it is reported for. */
export function recordException(span: Span | undefined, error: unknown): void {
  if (!span?.isRecording()) return;
  if (typeof error === 'object' && error !== null) {
    const { traceId } = span.spanContext();
    if (writtenIn.get(error) === traceId) return;
    writtenIn.set(error, traceId);
  }
  span.recordException(error instanceof Error ? error : String(error));
}
