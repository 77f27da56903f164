import { ROOT_CONTEXT, SamplingDecision } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { newTraceId } from './ids.ts';
import { TraceIdRatioSampler } from './trace-id-ratio-sampler.ts';

/** opentelemetry-python: trace_id & (2**64 - 1) < round(ratio * 2**64). */
const pythonKeeps = (traceId: string, ratio: number) =>
  (BigInt(`0x${traceId}`) & (2n ** 64n - 1n)) < BigInt(Math.round(ratio * 2 ** 64));

const keeps = (traceId: string, ratio: number) =>
  new TraceIdRatioSampler(ratio).shouldSample(ROOT_CONTEXT, traceId).decision ===
  SamplingDecision.RECORD_AND_SAMPLED;

it.each([0, 0.01, 0.1, 0.5, 0.999, 1])('decides as Python at ratio %d', (ratio) => {
  for (let n = 0; n < 2000; n++) {
    const traceId = newTraceId();
    expect(keeps(traceId, ratio), traceId).toBe(pythonKeeps(traceId, ratio));
  }
});

it('is exact at the bound', () => {
  expect(keeps(`${'f'.repeat(16)}7fffffffffffffff`, 0.5)).toBe(true);
  expect(keeps(`${'0'.repeat(16)}8000000000000000`, 0.5)).toBe(false);
  expect(keeps('f'.repeat(32), 1)).toBe(true);
  expect(keeps('0'.repeat(32), 0)).toBe(false);
});
