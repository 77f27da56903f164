import { expect, it } from 'vitest';
import { wildcard } from './wildcard.ts';

it.each([
  ['/orders/*', ['/orders/', '/orders/7', '/orders/7/items'], ['/orders', '/order/7']],
  ['*/live', ['/live', '/a/b/live', '/live/live'], ['/live/', '/lively']],
  ['/a?c', ['/abc', '/a/c'], ['/ac', '/abbc']],
  ['*', ['', '/', 'anything'], []],
  ['/a*b*c', ['/abc', '/aXbYc', '/abbcc'], ['/acb', '/ab']],
  ['/a.b', ['/a.b'], ['/axb']],
  ['', [''], ['x']],
])('%s', (pattern, matching, others) => {
  const matches = wildcard(pattern);
  for (const text of matching) expect(matches(text), text).toBe(true);
  for (const text of others) expect(matches(text), text).toBe(false);
});

it('a long text that almost matches many stars comes to an end', () => {
  expect(wildcard('*a*a*a*a*a*a*b')('a'.repeat(16_000))).toBe(false);
});
