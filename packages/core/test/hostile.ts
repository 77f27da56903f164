import fc from 'fast-check';

/** A small generator of numbers with a seed (mulberry32), so that a failure can be repeated. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function circular(): object {
  const self: Record<string, unknown> = { a: 1 };
  self['self'] = self;
  return self;
}

export function deep(levels: number): object {
  let value: object = {};
  for (let level = 0; level < levels; level++) value = { value };
  return value;
}

const thrower = {
  get secret(): never {
    throw new Error('getter');
  },
};
export const trap = () => {
  throw new Error('trap');
};
const hostileProxy = new Proxy({}, { get: trap, ownKeys: trap, has: trap, getPrototypeOf: trap });
const deepest = deep(100_000);

/** Values that no API expects, and some that it does. */
export const hostile: readonly unknown[] = [
  undefined,
  null,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  0,
  2 ** 53,
  10n ** 40n,
  true,
  '',
  'text',
  '\ud800',
  'a\r\nb: c',
  'é',
  Symbol('s'),
  () => trap(),
  [],
  [null],
  [Number.NaN, Number.NaN],
  [1, 'two', null],
  {},
  { context: null },
  { links: [null], attributes: null },
  { code: 'x' },
  { kind: 'server', startTime: Number.NaN, root: 1 },
  new Date(Number.NaN),
  new Map([[1, 2]]),
  Object.create(null),
  thrower,
  { attributes: thrower },
  { body: thrower },
  { body: circular() },
  { body: deepest },
  { body: 1n, attributes: { big: 1n } },
  hostileProxy,
  { attributes: hostileProxy },
  { attributes: { p: hostileProxy }, links: [{ context: hostileProxy }] },
  circular(),
  deepest,
  new Error('plain'),
  Object.assign(new Error(), { code: Symbol('c'), name: null }),
  new Uint8Array(3),
];

/** Whatever a value of JavaScript can be. */
const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

const POOL = 5000;

/** Draws arguments: half of them the hostile ones, the others by fast-check. The same ones for the same seed. */
export function hostileArguments(seed: number): () => never {
  const pool = fc.sample(anything, { numRuns: POOL, seed });
  const draw = random(seed);
  const of = (values: readonly unknown[]) => values[Math.floor(draw() * values.length)];
  return () => of(draw() < 0.5 ? hostile : pool) as never;
}
