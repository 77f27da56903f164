/** Throws a TypeError, which names the function, unless it is an object of options. */
export function checkOptions(where: string, options: unknown): void {
  if (typeof options === 'object' && options !== null) return;
  throw new TypeError(`${where}: expected an object of options, got ${shown(options)}`);
}

/** A value in an error: short, and whatever it is. */
export function shown(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'object' || typeof value === 'function'
    ? `a value of type ${typeof value}`
    : String(value);
}
