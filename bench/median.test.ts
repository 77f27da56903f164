import { describe, expect, it } from 'vitest';
import { median } from './median.ts';

describe('median', () => {
  it('is the middle value, in whatever order they come', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is between the two in the middle of an even number', () => {
    expect(median([10, 2, 4, 1])).toBe(3);
  });

  it('orders numbers as numbers', () => {
    expect(median([10, 9, 100])).toBe(10);
  });

  it('is no number without values', () => {
    expect(median([])).toBeNaN();
  });
});
