import type { Span, SpanContext } from '@opentelemetry/api';
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
  } else if (comesUp(error, span)) return;
  writeException(span, error, eventName);
}

/** What was thrown last and is no object, such as a text, and the span above the one it has come up to. */
let lastThrown: { readonly value: unknown; readonly above: string | undefined } | undefined;

/** Nothing tells a text from the same text that is thrown again, except that an error comes up from span to span. */
function comesUp(value: unknown, span: Span): boolean {
  const known = lastThrown?.value === value && lastThrown?.above === span.spanContext().spanId;
  const { parentSpanContext } = span as { parentSpanContext?: SpanContext };
  lastThrown = { value, above: parentSpanContext?.spanId };
  return known;
}
