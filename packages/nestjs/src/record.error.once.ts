import type { IncomingMessage } from 'node:http';
import { context, trace } from '@opentelemetry/api';
import { recordError } from '@org/otel-core';
import { REQUEST_KEY } from './request.key.ts';

/** The trace in which an error was written last: an error object that is thrown again later is news. */
const recordedIn = new WeakMap<object, string>();

/**
 * Writes one exception event for an error, on the span that is active where it surfaces first. In a
 * request core does it, so that an error which goes on to Express is not written a second time.
 */
export function recordErrorOnce(error: unknown): void {
  const span = trace.getActiveSpan();
  if (!span || isRecorded(error, span.spanContext().traceId)) return;
  const request = context.active().getValue(REQUEST_KEY) as IncomingMessage | undefined;
  if (request) recordError(request, error);
  else span.recordException(error instanceof Error ? error : String(error));
}

function isRecorded(error: unknown, traceId: string): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if (recordedIn.get(error) === traceId) return true;
  recordedIn.set(error, traceId);
  return false;
}
