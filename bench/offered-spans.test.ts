import { describe, expect, it } from 'vitest';
import { offeredSpans } from './offered-spans.ts';

const account = { requests: 10_000, spansPerRequest: 4 };

describe('offeredSpans', () => {
  it('is exact when every request is sampled: what did not arrive was dropped', () => {
    expect(offeredSpans({ ...account, sampling: 1, exported: 39_999 })).toBe(40_000);
    expect(offeredSpans({ ...account, sampling: 1, exported: 40_000 })).toBe(40_000);
  });

  it('believes what arrived while chance explains it', () => {
    // 100 requests expected, with a standard deviation of 9.95
    expect(offeredSpans({ ...account, sampling: 0.01, exported: 62 * 4 })).toBe(62 * 4);
    expect(offeredSpans({ ...account, sampling: 0.01, exported: 130 * 4 })).toBe(130 * 4);
  });

  it('takes the expected number below that', () => {
    expect(offeredSpans({ ...account, sampling: 0.01, exported: 60 * 4 })).toBe(400);
    expect(offeredSpans({ ...account, sampling: 0.01, exported: 0 })).toBe(400);
  });

  it('offers none when nothing is sampled or watched', () => {
    expect(offeredSpans({ ...account, sampling: 0, exported: 0 })).toBe(0);
    expect(offeredSpans({ ...account, sampling: null, exported: 0 })).toBe(0);
  });
});
