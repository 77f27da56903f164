import { type Context, context } from '@opentelemetry/api';

/**
 * What was true when the log method was called, carried by the info object under symbols: every format that copies
 * the info keeps them, and no output prints them. `Symbol.for`, so that two copies of this package understand each other.
 */
const CONTEXT = Symbol.for('org.otel.winston.context');
const TIME = Symbol.for('org.otel.winston.time');

/** The moment of a log call. */
export interface Captured {
  readonly context: Context;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** Enumerable getters: winston copies its defaultMeta onto the info inside the log call, and so reads them there. */
export function capturingMeta(): object {
  return {
    get [CONTEXT]() {
      return context.active();
    },
    get [TIME]() {
      return Date.now();
    },
  };
}

/** The moment the line was logged, or the present one if nothing captured it. */
export function momentOf(info: object): Captured {
  const { [CONTEXT]: captured, [TIME]: time } = info as { [CONTEXT]?: Context; [TIME]?: number };
  return { context: captured ?? context.active(), time: time ?? Date.now() };
}
