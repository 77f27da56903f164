import type { SpanContext } from '@opentelemetry/api';
import { describe, expect, it, vi } from 'vitest';
import { IdSampler } from './id-sampler.ts';
import { SpanIds } from './span-ids.ts';

/** opentelemetry-python: trace_id & (2**64 - 1) < round(ratio * 2**64). */
const pythonKeeps = (traceId: string, ratio: number) =>
  (BigInt(`0x${traceId}`) & (2n ** 64n - 1n)) < BigInt(Math.round(ratio * 2 ** 64));

const parentOf = (traceId: string, traceFlags = 0): SpanContext => ({
  traceId,
  spanId: 'b'.repeat(16),
  traceFlags,
});

const keepsId = (traceId: string, ratio: number) => {
  const parent = parentOf(traceId);
  return new IdSampler(ratio).keeps(parent, new SpanIds(parent));
};

describe('IdSampler', () => {
  it.each([0, 0.01, 0.1, 0.5, 0.999, 1])(
    'decides as Python at ratio %d, from numbers and from text alike',
    (ratio) => {
      for (let n = 0; n < 2000; n++) {
        const ids = new SpanIds(undefined);
        const kept = new IdSampler(ratio).keeps(undefined, ids);
        expect(kept, ids.traceId).toBe(pythonKeeps(ids.traceId, ratio));
        expect(keepsId(ids.traceId, ratio), ids.traceId).toBe(kept);
      }
    },
  );

  it('is exact at the bound', () => {
    expect(keepsId(`${'f'.repeat(16)}7fffffffffffffff`, 0.5)).toBe(true);
    expect(keepsId(`${'0'.repeat(16)}8000000000000000`, 0.5)).toBe(false);
    expect(keepsId('f'.repeat(32), 1)).toBe(true);
    expect(keepsId('0'.repeat(32), 0)).toBe(false);
  });

  it('reads no id where all are kept', () => {
    const parent = parentOf('f'.repeat(32), 1);
    const read = vi.spyOn(SpanIds.prototype, 'samplingHigh', 'get');
    expect(new IdSampler(1).keeps(parent, new SpanIds(parent))).toBe(true);
    expect(read).not.toHaveBeenCalled();
    expect(new IdSampler(0.999).keeps(parent, new SpanIds(parent))).toBe(false);
    expect(read).toHaveBeenCalledOnce();
    read.mockRestore();
  });
});

describe('SpanIds', () => {
  it('are lower-case hex of the right length, and stay what they are', () => {
    const ids = new SpanIds(undefined);
    expect(ids.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(ids.spanId).toMatch(/^[0-9a-f]{16}$/);
    expect([ids.traceId, ids.spanId]).toEqual([ids.traceId, ids.spanId]);
    expect(new SpanIds(parentOf('a'.repeat(32))).traceId).toBe('a'.repeat(32));
  });

  it('say that a new id is random, and of a given one what its caller says', () => {
    expect(new SpanIds(undefined).randomFlag).toBe(2);
    expect(new SpanIds(parentOf('a'.repeat(32), 3)).randomFlag).toBe(2);
    expect(new SpanIds(parentOf('a'.repeat(32), 1)).randomFlag).toBe(0);
  });
});
