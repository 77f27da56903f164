import { describe, expect, test } from 'vitest';
import type { Value } from '../telemetry.ts';
import { differsInAttributes, type ExpectedValue, matchesValue } from './match.value.ts';

const sticky = /b/g;

test.each<[ExpectedValue, Value]>([
  ['a', 'a'],
  [200, 200],
  [200, 200n],
  [9223372036854775807n, 9223372036854775807n],
  [Number.NaN, Number.NaN],
  [true, true],
  [null, null],
  [/^GET/, 'GET /'],
  [sticky, 'ab'],
  [sticky, 'ab'],
  [(value: Value) => Number(value) > 1, 2],
  [
    [1, /b/],
    [1, 'b'],
  ],
  [{ a: { b: [1] } }, { a: { b: [1] } }],
  [{ a: 1, gone: undefined }, { a: 1 }],
  [new Uint8Array([1, 2]), new Uint8Array([1, 2])],
])('%s matches %s', (expected, got) => {
  expect(matchesValue(expected, got)).toBe(true);
});

test.each<[ExpectedValue, Value]>([
  ['a', 'A'],
  ['200', 200],
  [200, '200'],
  [200n, 201],
  [200n, '200'],
  [1n, true],
  [false, null],
  [0, null],
  [/^GET/, 'POST /GET'],
  [/5/, 5],
  [() => false, 2],
  [(() => 'yes') as never, 2],
  [[1], [1, 2]],
  [
    [1, 2],
    [2, 1],
  ],
  [[1], 1],
  [{ a: 1 }, { a: 1, b: 2 }],
  [{ a: 1, b: 2 }, { a: 1 }],
  [{ a: 1 }, [1]],
  [{ a: 1 }, null],
  [{}, 'x'],
  [new Uint8Array([1]), new Uint8Array([2])],
  [new Uint8Array([1]), 'AQ=='],
])('%s does not match %s', (expected, got) => {
  expect(matchesValue(expected, got)).toBe(false);
});

describe('attributes', () => {
  const got = { route: '/a', status: 200 };
  test('those that are not stated may be there', () => {
    expect(differsInAttributes('attributes', { route: '/a' }, got)).toEqual([]);
    expect(differsInAttributes('attributes', undefined, got)).toEqual([]);
  });
  test('undefined means absent', () => {
    expect(differsInAttributes('attributes', { error: undefined }, got)).toEqual([]);
    expect(differsInAttributes('attributes', { status: undefined }, got)).toEqual([
      'attributes["status"]: expected absent, got 200',
    ]);
  });
  test('a wrong and an absent one are said', () => {
    expect(
      differsInAttributes('attributes', { route: /^\/b/, missing: 1, toString: 'x' }, got),
    ).toEqual([
      'attributes["route"]: expected /^\\/b/, got "/a"',
      'attributes["missing"]: expected 1, absent',
      'attributes["toString"]: expected "x", absent',
    ]);
  });
});
