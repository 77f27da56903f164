import { showValue } from '../show/show.value.ts';
import type { Value } from '../telemetry.ts';

/** Says yes or no to a value that is there. */
export type Predicate = (value: Value) => boolean;

/** A value as a test states it: exact (nested ones too), a RegExp for a string, or a predicate. */
export type ExpectedValue =
  | Value
  | RegExp
  | Predicate
  | readonly ExpectedValue[]
  | { readonly [key: string]: ExpectedValue | undefined };

/** The attributes a test states: others may be there too. `undefined` means the attribute must be absent. */
export type ExpectedAttributes = { readonly [key: string]: ExpectedValue | undefined };

/** Whether a value is as expected. Numbers and bigints of the same size are equal, and NaN equals NaN. */
export function matchesValue(expected: ExpectedValue, got: Value): boolean {
  if (typeof expected === 'function') return expected(got) === true;
  if (expected instanceof RegExp) return typeof got === 'string' && search(expected, got);
  if (expected instanceof Uint8Array || got instanceof Uint8Array) return sameBytes(expected, got);
  if (Array.isArray(expected)) return sameList(expected, got);
  if (isRecord(expected)) return isRecord(got) && sameRecord(expected, got);
  if (typeof expected === 'bigint' || typeof got === 'bigint') return sameInteger(expected, got);
  return Object.is(expected, got) || expected === got;
}

// A RegExp with the g or y flag remembers where it was; a test's verdict must not depend on that.
function search(pattern: RegExp, text: string): boolean {
  return text.search(pattern) >= 0;
}

function sameBytes(expected: ExpectedValue, got: Value): boolean {
  const both = expected instanceof Uint8Array && got instanceof Uint8Array;
  return both && Buffer.compare(expected, got) === 0;
}

function sameList(expected: readonly ExpectedValue[], got: Value): boolean {
  if (!Array.isArray(got) || got.length !== expected.length) return false;
  return expected.every((part, index) => matchesValue(part, got[index]));
}

function sameRecord(expected: ExpectedAttributes, got: { readonly [key: string]: Value }): boolean {
  const stated = Object.keys(expected).filter((key) => expected[key] !== undefined);
  if (stated.length !== Object.keys(got).length) return false;
  return stated.every((key) => {
    return (
      Object.hasOwn(got, key) && matchesValue(expected[key] as ExpectedValue, got[key] as Value)
    );
  });
}

function sameInteger(expected: ExpectedValue, got: Value): boolean {
  const numeric = (value: unknown) => typeof value === 'number' || typeof value === 'bigint';
  // biome-ignore lint/suspicious/noDoubleEquals: 5n == 5 is the comparison that is wanted
  return numeric(expected) && numeric(got) && expected == got;
}

function isRecord(value: unknown): value is { readonly [key: string]: never } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array)
  );
}

/** What differs in one stated value, as a list of none or one sentence; an unstated one (`undefined`) never differs. */
export function differsIn(what: string, expected: ExpectedValue | undefined, got: Value): string[] {
  if (expected === undefined || matchesValue(expected, got)) return [];
  return [`${what}: expected ${showValue(expected)}, got ${showValue(got)}`];
}

/** What differs between the stated attributes and those that are there. */
export function differsInAttributes(
  what: string,
  expected: ExpectedAttributes | undefined,
  got: { readonly [key: string]: Value },
): string[] {
  return Object.entries(expected ?? {}).flatMap(([key, value]) => {
    const place = `${what}[${showValue(key)}]`;
    const here = Object.hasOwn(got, key) ? got[key] : undefined;
    if (value === undefined)
      return here === undefined ? [] : [`${place}: expected absent, got ${showValue(here)}`];
    return here === undefined
      ? [`${place}: expected ${showValue(value)}, absent`]
      : differsIn(place, value, here);
  });
}
