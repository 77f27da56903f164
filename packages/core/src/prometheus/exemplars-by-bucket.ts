import type { Exemplar } from '../metrics/exemplar.ts';

/** Exemplars at the index of their bucket, the one without an upper bound last. */
export function exemplarsByBucket(
  boundaries: readonly number[],
  exemplars: readonly Exemplar[],
): Exemplar[] {
  const examples: Exemplar[] = [];
  for (const exemplar of exemplars) {
    const bucket = boundaries.findIndex((bound) => exemplar.value <= bound);
    examples[bucket === -1 ? boundaries.length : bucket] = exemplar;
  }
  return examples;
}
