/** Does it, unless that throws: telemetry throws nothing into the application. Whether it was done. */
export function harmless(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

/** What the work returns, or the other if that throws. */
export function orElse<T>(work: () => T, other: () => T): T {
  try {
    return work();
  } catch {
    return other();
  }
}

/** A name as text, whatever was given for one. */
export function textOf(name: unknown): string {
  if (typeof name === 'string') return name;
  return orElse(
    () => String(name),
    () => 'unnamed',
  );
}

/** What was thrown, as text, whatever it is. */
export function reasonText(reason: unknown): string {
  return orElse(
    () => String(reason),
    () => 'something that cannot be shown as text',
  );
}
