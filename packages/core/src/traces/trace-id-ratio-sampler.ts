import {
  type Context,
  type Sampler,
  SamplingDecision,
  type SamplingResult,
} from '@opentelemetry/api';

const KEEP: SamplingResult = { decision: SamplingDecision.RECORD_AND_SAMPLED };
const DROP: SamplingResult = { decision: SamplingDecision.NOT_RECORD };

/**
 * Keeps the traces whose last 8 id bytes are below ratio x 2^64, as Python and Go decide, so that a
 * trace through several languages is whole or absent. (The JS SDK's own folds four words together
 * and disagrees.)
 */
export class TraceIdRatioSampler implements Sampler {
  readonly #ratio: number;
  readonly #high: number;
  readonly #low: number;

  constructor(ratio: number) {
    this.#ratio = ratio;
    const bound = BigInt(Math.round(ratio * 2 ** 64));
    this.#high = Number(bound >> 32n);
    this.#low = Number(bound & 0xffff_ffffn);
  }

  shouldSample(_context: Context, traceId: string): SamplingResult {
    const high = Number.parseInt(traceId.slice(16, 24), 16);
    if (high !== this.#high) return high < this.#high ? KEEP : DROP;
    return Number.parseInt(traceId.slice(24), 16) < this.#low ? KEEP : DROP;
  }

  toString(): string {
    return `TraceIdRatioBased{${this.#ratio}}`;
  }
}
