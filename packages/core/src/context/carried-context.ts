import { context, ROOT_CONTEXT, type TextMapPropagator } from '@opentelemetry/api';
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import { orElse } from '../lifecycle/harmless.ts';

/** The active span and baggage as plain text, for a message to another thread or process. */
export type CarriedContext = Readonly<Record<string, string>>;

/** What OTEL_PROPAGATORS says is for strangers; a message between threads is not. */
const propagator: TextMapPropagator = new CompositePropagator({
  propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
});

/**
 * Packs the active span and baggage into a plain object that can be posted, stored or queued; an empty one where
 * nothing is active. Never throws.
 *
 * @example
 * ```ts
 * worker.postMessage({ order, carried: carryContext() });
 * ```
 */
export function carryContext(): CarriedContext {
  const carried: Record<string, string> = {};
  propagator.inject(context.active(), carried, {
    set(into, key, value) {
      into[key] = value;
    },
  });
  return carried;
}

/**
 * Runs work in a context that `carryContext()` packed, and returns what it returns: spans that it starts are children
 * of the span that was active there. What is not such a context is as good as an empty one: then the work is in no trace.
 * Throws nothing but what the work throws. Needs `init()` in this thread; without, the work runs as it is.
 *
 * @example
 * ```ts
 * parentPort.on('message', ({ order, carried }) => runWithCarried(carried, () => price(order)));
 * ```
 */
export function runWithCarried<T>(carried: CarriedContext | undefined, work: () => T): T {
  const unpacked = orElse(
    () => propagator.extract(ROOT_CONTEXT, textsOf(carried), { keys: Object.keys, get }),
    () => ROOT_CONTEXT,
  );
  return context.with(unpacked, work);
}

function get(carried: CarriedContext, key: string): string | undefined {
  return carried[key];
}

/** It may come from anywhere: what is no text is not read. */
function textsOf(carried: unknown): CarriedContext {
  const entries = Object.entries(carried ?? {});
  return Object.fromEntries(entries.filter(([, value]) => typeof value === 'string'));
}
