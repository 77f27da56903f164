import { expect, it } from 'vitest';
import { isSettled, undisturbed } from './undisturbed.ts';

it('takes the mean of the cheapest ninth', () => {
  expect(
    undisturbed([12, 10, 90, 100, 50, 40, 30, 20, 60, 70, 80, 25, 35, 45, 55, 65, 75, 85]),
  ).toBe(11);
  expect(undisturbed([7])).toBe(7);
  expect(undisturbed([])).toBeNaN();
});

it('is settled when the cheapest ninth agree, whatever the others say', () => {
  const others = [50, 60, 70, 80, 90, 100, 110, 120, 130, 140];
  expect(isSettled([10, 10.3, ...others])).toBe(true);
  expect(isSettled([10, 10.6, ...others])).toBe(false);
});
