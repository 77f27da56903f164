import type { CanActivate } from '@nestjs/common';
import { type Span, trace } from '@opentelemetry/api';
import type { HandlerName } from './handler.name.ts';
import { SpanWork } from './span.work.ts';

/** A request that was let in to a handler. */
interface Entered {
  readonly to: HandlerName;
  readonly at: number;
  /** Begun before the handler, because a parameter asks for its span. */
  work?: SpanWork | undefined;
}

/** By the span that is active then: the server's. */
const entered = new WeakMap<Span, Entered>();

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
    const span = trace.getActiveSpan();
    if (span?.isRecording()) entered.set(span, { to: this.#handler, at: Date.now() });
    return true;
  }
}

/** The controller span for a parameter of the handler that is about to run. */
export function spanOfEntry(): Span | undefined {
  const active = trace.getActiveSpan();
  const entry = active && entered.get(active);
  if (!entry) return active;
  entry.work ??= workOf(entry);
  return entry.work?.span ?? active;
}

/** The handler runs now: its work, if it has begun. */
export function leaveEntry(): SpanWork | undefined {
  const active = trace.getActiveSpan();
  const entry = active && entered.get(active);
  if (entry) entered.delete(active);
  return entry?.work;
}

/** Makes the controller span of a request that failed at the door of its handler. Whether there was one to make. */
export function failEntry(error: unknown): boolean {
  const active = trace.getActiveSpan();
  const entry = active && entered.get(active);
  if (!entry) return false;
  entered.delete(active);
  (entry.work ?? workOf(entry))?.fail(error);
  return true;
}

function workOf({ to, at }: Entered): SpanWork | undefined {
  return SpanWork.serve(to.name, { ...to.options, startTime: at });
}
