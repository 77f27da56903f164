import { type Context, context } from '@opentelemetry/api';

/**
 * What was true when the log method was called, carried by the info object under a symbol: every format that copies
 * the info keeps it, and no output prints it. `Symbol.for`, so that two copies of this package understand each other.
 */
const CAPTURED = Symbol.for('org.otel.winston.captured');

/** The moment of a log call; the object itself stands for the line, in all copies that formats make of its info. */
export interface Captured {
  readonly context: Context;
  /** Milliseconds since 1970. */
  readonly time: number;
}

function now(): Captured {
  return { context: context.active(), time: Date.now() };
}

/** An enumerable getter: winston copies its defaultMeta onto the info inside the log call, and so reads it there. */
export function capturingMeta(): object {
  return {
    get [CAPTURED]() {
      return now();
    },
  };
}

/** Makes this moment the one of the line. */
export function capture(info: object): void {
  Reflect.set(info, CAPTURED, now()); // unlike an assignment, says nothing about a frozen info
}

/** The moment the line was logged; undefined if nothing captured it. */
export function capturedOf(info: object): Captured | undefined {
  return (info as { [CAPTURED]?: Captured })[CAPTURED];
}

/** The moment the line was logged, or the present one if nothing captured it. */
export function momentOf(info: object): Captured {
  return capturedOf(info) ?? now();
}
