import { describe, expect, it } from 'vitest';
import { limitsFor, oversizes } from './oversizes.ts';

const sizes = [
  { name: '@org/a', bytes: 1000 },
  { name: '@org/b', bytes: 2001 },
];

describe('oversizes', () => {
  it('says which package is over its limit, and by how much', () => {
    expect(oversizes(sizes, { '@org/a': 1000, '@org/b': 2000 })).toEqual([
      '@org/b: 2001 bytes, 1 over its limit',
    ]);
  });

  it('wants a limit for every package', () => {
    expect(oversizes(sizes, { '@org/b': 3000 })).toEqual(['@org/a: 1000 bytes, and no limit']);
  });

  it('finds nothing right after the limits are renewed', () => {
    expect(limitsFor(sizes)).toEqual({ '@org/a': 1100, '@org/b': 2200 });
    expect(oversizes(sizes, limitsFor(sizes))).toEqual([]);
  });
});
