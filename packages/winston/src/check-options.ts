/** Throws a TypeError, which names the function, unless it is an object of options. */
export function checkOptions(where: string, options: unknown): void {
  if (typeof options === 'object' && options !== null) return;
  throw new TypeError(`${where}: expected an object of options, got ${shown(options)}`);
}

/** A value in an error or a warning: short, and whatever it is. */
export function shown(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return `a value of type ${typeof value}`;
  }
}
