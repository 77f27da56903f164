import { type SpanContext, TraceFlags } from '@opentelemetry/api';
import type { SpanIds } from './span-ids.ts';

/**
 * The six standard samplers in one: whether the parent's decision is followed, and the share of the
 * other traces to keep. It decides from numbers, before an id is written out or an attribute made.
 *
 * A trace is kept when the last 8 bytes of its id are below ratio x 2^64, as Python and Go decide, so
 * that a trace through several languages is whole or absent. (The JS SDK's own folds four words
 * together and disagrees.)
 */
export class IdSampler {
  readonly #parentBased: boolean;
  readonly #high: number;
  readonly #low: number;

  constructor(parentBased: boolean, ratio: number) {
    const bound = BigInt(Math.round(ratio * 2 ** 64));
    this.#parentBased = parentBased;
    this.#high = Number(bound >> 32n);
    this.#low = Number(bound & 0xffff_ffffn);
  }

  keeps(parent: SpanContext | undefined, ids: SpanIds): boolean {
    if (this.#parentBased && parent) return (parent.traceFlags & TraceFlags.SAMPLED) !== 0;
    const high = ids.samplingHigh;
    return high === this.#high ? ids.samplingLow < this.#low : high < this.#high;
  }
}
