import { type Context, context } from '@opentelemetry/api';
import { standInFor } from './stand-in.ts';

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

interface Line {
  [CAPTURED]?: Captured;
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

/**
 * The line as it is now, with this moment. An object that is logged again, perhaps while its first line still waits
 * behind a slow transport, gets an object of its own for each line.
 */
export function captured(info: Line): object {
  const line = ownObject(info);
  if (Object.isExtensible(line)) line[CAPTURED] = now();
  return line;
}

function ownObject(info: Line): Line {
  if (info instanceof Error) return standInFor(info);
  return capturedOf(info) ? { ...info } : info;
}

/** The moment the line was logged; undefined if nothing captured it. */
export function capturedOf(info: object): Captured | undefined {
  return (info as Line)[CAPTURED];
}

/** The moment the line was logged, or the present one if nothing captured it. */
export function momentOf(info: object): Captured {
  return capturedOf(info) ?? now();
}

/** The context the line was logged in, or the present one if nothing captured it. */
export function contextOf(info: object): Context {
  return capturedOf(info)?.context ?? context.active();
}
