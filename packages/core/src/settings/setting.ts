/** One row of the settings table: where a value may come from, what it must be, and what it does. */
export interface Setting<T> {
  /** Environment variables, the most specific first. */
  readonly variables: readonly string[];
  /** Paths in InitOptions that mirror it, the most specific first. */
  readonly options: readonly string[];
  readonly kind: Kind<T>;
  readonly fallback: T;
  /** The default in words, where the value itself says too little. */
  readonly byDefault?: string;
  readonly says: string;
}

/** What values a setting takes, as text of a variable and as value of an option. */
export interface Kind<T> {
  /** Completes the sentence "expected …". */
  readonly expected: string;
  /** Undefined for a text that is none. */
  parse(raw: string): T | undefined;
  /** Undefined for an option that is none. */
  accept(option: unknown): T | undefined;
  /** What can be used of a text that is none as a whole. */
  salvage?(raw: string): T | undefined;
  /** What is shown of a value that cannot be used; default: the value. */
  masked?(raw: string): string;
}

/** A row of the table; the type of its default is the type of its value. */
export function setting<T>(row: Setting<T>): Setting<T> {
  return row;
}
