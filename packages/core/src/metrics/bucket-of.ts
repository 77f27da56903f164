/** The index of the bucket a value falls into; upper bounds are inclusive, and the last bucket has none. */
export function bucketOf(boundaries: readonly number[], value: number): number {
  let bucket = 0;
  while (bucket < boundaries.length && value > (boundaries[bucket] as number)) bucket++;
  return bucket;
}
