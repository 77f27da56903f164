import 'reflect-metadata';
import { dressAs } from './dress.as.ts';
import { HandlerEntry, leaveEntry } from './handler.entry.ts';
import { handlerName } from './handler.name.ts';
import { SpanWork } from './span.work.ts';
import { traceCall } from './trace.call.ts';

type Handler = (this: unknown, ...args: unknown[]) => unknown;

/** Nest's key for the guards of a handler. */
const GUARDS = '__guards__';

const observed = new WeakSet<object>();

/** A handler under its controller span, with a guard behind its own ones that remembers that the request has come so far. */
export function observeHandler(controller: object, handler: Handler): Handler {
  const named = handlerName(controller.constructor.name, handler.name);
  const traced: Handler = function traced(...args) {
    if (SpanWork.isUnseen()) return handler.apply(this, args);
    const work = leaveEntry() ?? SpanWork.serve(named.name, named.options);
    return work ? traceCall(work, () => handler.apply(this, args)) : handler.apply(this, args);
  };
  dressAs(traced, handler);
  const own: unknown[] = Reflect.getMetadata(GUARDS, handler) ?? [];
  Reflect.defineMetadata(GUARDS, [...own, new HandlerEntry(named)], traced);
  observed.add(traced);
  return traced;
}

/** Whether a handler has its controller span already. */
export function isObserved(handler: object): boolean {
  return observed.has(handler);
}
