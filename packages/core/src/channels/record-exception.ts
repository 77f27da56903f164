import type { Span } from '@opentelemetry/api';
import { EXCEPTION, isExceptionWanted, writeException } from './exception-signal.ts';

/** The trace that an error was written in: wherever it surfaces again in that trace, it is not repeated. */
const writtenIn = new WeakMap<object, string>();

/** Writes an error object once in a trace, on the first span that it is reported for; `eventName` names its log record. */
export function recordException(
  span: Span | undefined,
  error: unknown,
  eventName = EXCEPTION,
): void {
  if (!span || !isExceptionWanted(span)) return;
  if (typeof error === 'object' && error !== null) {
    const { traceId } = span.spanContext();
    if (writtenIn.get(error) === traceId) return;
    writtenIn.set(error, traceId);
  }
  writeException(span, error, eventName);
}
