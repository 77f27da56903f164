import type { Labels } from './prom-registry.ts';

/** The labels that prom-client's `labels()` and `remove()` mean: one object, or the values in the order of the names. */
export function labelsFrom(names: readonly string[], given: readonly unknown[]): Labels {
  if (typeof given[0] === 'object' && given[0] !== null) return given[0] as Labels;
  return Object.fromEntries(names.map((name, i) => [name, given[i] as string]));
}
