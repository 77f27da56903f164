import type { CanActivate } from '@nestjs/common';
import { type Span, trace } from '@opentelemetry/api';
import { activeRequest } from '@org/otel-core';
import type { HandlerName } from './handler.name.ts';
import { SpanWork } from './span.work.ts';

/** A request that was let in to a handler. */
interface Entered {
  readonly to: HandlerName;
  readonly at: number;
  /** Begun before the handler, because a parameter asks for its span. */
  work?: SpanWork | undefined;
}

/** On the request, not in a WeakMap: those cost each request that is sampled a microsecond, and the garbage collector more. */
const ENTERED = Symbol('org.otel.nestjs.entered');

type Carrier = { [ENTERED]?: Entered | undefined };

/**
 * The last guard of a handler: it lets everybody in. What is thrown after it and before the handler, by a
 * pipe or an interceptor, belongs to the controller span, which has not begun then.
 */
export class HandlerEntry implements CanActivate {
  readonly #handler: HandlerName;

  constructor(handler: HandlerName) {
    this.#handler = handler;
  }

  canActivate(): boolean {
    if (!trace.getActiveSpan()?.isRecording()) return true;
    const carrier = requestOfNow();
    if (carrier) carrier[ENTERED] = { to: this.#handler, at: Date.now() };
    return true;
  }
}

/** The controller span for a parameter of the handler that is about to run. */
export function spanOfEntry(): Span | undefined {
  const entry = requestOfNow()?.[ENTERED];
  if (!entry) return trace.getActiveSpan();
  entry.work ??= workOf(entry);
  return entry.work?.span ?? trace.getActiveSpan();
}

/** The handler runs now: its work, if it has begun. */
export function leaveEntry(): SpanWork | undefined {
  return takeEntry()?.work;
}

/** Makes the controller span of a request that failed at the door of its handler. Whether there was one to make. */
export function failEntry(error: unknown): boolean {
  const entry = takeEntry();
  if (!entry) return false;
  (entry.work ?? workOf(entry))?.fail(error);
  return true;
}

function takeEntry(): Entered | undefined {
  const carrier = requestOfNow();
  const entry = carrier?.[ENTERED];
  if (carrier && entry) carrier[ENTERED] = undefined;
  return entry;
}

function requestOfNow(): Carrier | undefined {
  return activeRequest() as Carrier | undefined;
}

function workOf({ to, at }: Entered): SpanWork | undefined {
  return SpanWork.serve(to.name, { ...to.options, startTime: at });
}
