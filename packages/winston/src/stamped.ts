const STAMPED = Symbol.for('org.otel.winston.stamped');

/** What `traceFormat()` wrote on a line. */
export interface Stamp {
  /** The fields that hold ids. */
  readonly fields: readonly string[];
  /** What was put behind the message. */
  readonly suffix: string;
}

/** Remembers what of a line is ours, so that the OTLP record does not repeat what it has as ids. */
export function markStamped(info: object, stamp: Stamp): void {
  (info as { [STAMPED]?: Stamp })[STAMPED] = stamp;
}

/** What `traceFormat()` wrote on the line; undefined if nothing. */
export function stampOf(info: object): Stamp | undefined {
  return (info as { [STAMPED]?: Stamp })[STAMPED];
}
