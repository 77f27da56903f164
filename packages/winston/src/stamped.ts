import type { ReadyNames } from './field-names.ts';

const STAMPED = Symbol.for('org.otel.winston.stamped');

/** Remembers which fields of a line are ours, so that the OTLP record does not repeat as attributes what it has as ids. */
export function markStamped(info: object, names: ReadyNames): void {
  (info as { [STAMPED]?: ReadyNames })[STAMPED] = names;
}

/** Whether the field was stamped by `traceFormat()`. */
export function isStamped(info: object, field: string): boolean {
  const names = (info as { [STAMPED]?: ReadyNames })[STAMPED];
  if (!names) return false;
  return field === names.traceId || field === names.spanId || field === names.traceFlags;
}
