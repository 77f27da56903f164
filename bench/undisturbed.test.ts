import { expect, it } from 'vitest';
import { undisturbed } from './undisturbed.ts';

it('takes the mean of the cheapest ninth', () => {
  expect(
    undisturbed([12, 10, 90, 100, 50, 40, 30, 20, 60, 70, 80, 25, 35, 45, 55, 65, 75, 85]),
  ).toBe(11);
  expect(undisturbed([7])).toBe(7);
  expect(undisturbed([])).toBeNaN();
});
