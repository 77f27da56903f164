import { type Logger, ROOT_CONTEXT, SeverityNumber, type Span, trace } from '@opentelemetry/api';

/** Where exceptions are written: as events of their span, as log records, or both. */
export type ExceptionSignal = 'events' | 'logs' | 'logs/dup';

/** HTTP semantic conventions, "HTTP server request exception". */
export const SERVER_EXCEPTION = 'http.server.request.exception';

/** The name of every other exception's record. */
export const EXCEPTION = 'exception';

let logger: Logger | undefined;
let inEvents = true;

/** Chooses the signal for this process. Returns the function that goes back to events. */
export function sendExceptionsAs(signal: ExceptionSignal, exceptions: Logger): () => void {
  logger = signal === 'events' ? undefined : exceptions;
  inEvents = signal !== 'logs';
  return () => {
    logger = undefined;
    inEvents = true;
  };
}

/** Whether anything would be written of an exception in this span. A log record is kept where the span is not. */
export function isExceptionWanted(span: Span): boolean {
  return logger !== undefined || span.isRecording();
}

/** Writes it, in the signals that are chosen. */
export function writeException(span: Span, error: unknown, eventName: string): void {
  const exception = error instanceof Error ? error : String(error);
  if (inEvents) span.recordException(exception);
  logger?.emit({
    eventName,
    severityNumber: SeverityNumber.ERROR,
    severityText: 'ERROR',
    exception,
    context: trace.setSpan(ROOT_CONTEXT, span),
  });
}
