import 'reflect-metadata';
import { context } from '@opentelemetry/api';
import { dressAs } from './dress.as.ts';
import { HandlerEntry, leaveEntry } from './handler.entry.ts';
import { handlerName } from './handler.name.ts';
import { SpanWork } from './span.work.ts';
import { traceCall } from './trace.call.ts';

type Handler = (this: unknown, ...args: unknown[]) => unknown;

/** Nest's key for the guards of a handler. */
const GUARDS = '__guards__';

const observed = new WeakSet<object>();

/**
 * A handler under its controller span; if it is `entered`, with a guard behind its own ones that remembers that the
 * request has come so far. Without steps between the two there is nothing to remember, and Nest asks no guard.
 */
export function observeHandler(controller: object, handler: Handler, entered: boolean): Handler {
  const named = handlerName(controller.constructor.name, handler.name);
  const traced: Handler = function traced(...args) {
    const parent = context.active();
    if (SpanWork.isUnseen(parent)) return handler.apply(this, args);
    const begun = entered ? leaveEntry() : undefined;
    const work = begun ?? SpanWork.serve(named.name, named.options, parent);
    return work ? traceCall(work, () => handler.apply(this, args)) : handler.apply(this, args);
  };
  dressAs(traced, handler);
  if (entered) addGuard(traced, new HandlerEntry(named));
  observed.add(traced);
  return traced;
}

function addGuard(handler: Handler, guard: HandlerEntry): void {
  const own: unknown[] = Reflect.getMetadata(GUARDS, handler) ?? [];
  Reflect.defineMetadata(GUARDS, [...own, guard], handler);
}

/** Whether a handler has its controller span already. */
export function isObserved(handler: object): boolean {
  return observed.has(handler);
}
