import { describe, expect, it } from 'vitest';
import { isAllowed } from './allowed-licence.ts';

describe('isAllowed', () => {
  it.each([
    'MIT',
    '(MIT OR GPL-3.0-only)',
    'GPL-3.0-only OR MIT',
    'MIT AND ISC',
    '(MIT OR GPL-2.0-only) AND Apache-2.0',
    'GPL-2.0-only AND MIT OR ISC',
  ])('allows %s', (expression) => {
    expect(isAllowed(expression)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'UNLICENSED',
    'SEE LICENSE IN LICENSE.md',
    'AGPL-3.0-only',
    'MIT AND GPL-3.0-only',
    'MIT AND (GPL-3.0-only OR SSPL-1.0)',
    'MIT OR',
    '(MIT',
    'MIT ISC',
  ])('refuses %s', (expression) => {
    expect(isAllowed(expression)).toBe(false);
  });
});
