/** A seeded generator (mulberry32): a failure comes again with the same seed. */
export function seeded(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (probability: number): boolean => next() < probability,
    pick: <T>(values: readonly T[]): T => values[below(values.length)] as T,
    bytes: (length: number): Uint8Array => Uint8Array.from({ length }, () => below(256)),
    uint64: (): bigint => BigInt(below(2 ** 32)) * 2n ** 32n + BigInt(below(2 ** 32)),
  };
}

/** What `seeded` returns. */
export type Random = ReturnType<typeof seeded>;
