import type { SpanContext } from '@opentelemetry/api';
import type { HeadSampler } from './head-sampler.ts';
import type { SpanIds } from './span-ids.ts';

/** Above the upper half of every id. */
const ALL = 2 ** 32;

/**
 * Keeps a share of the traces: all at ratio 1, none at 0. It decides from numbers, before an id is
 * written out.
 *
 * A trace is kept when the last 8 bytes of its id are below ratio x 2^64, as Python and Go decide, so
 * that a trace through several languages is whole or absent. (The JS SDK's own folds four words
 * together and disagrees.)
 */
export class IdSampler implements HeadSampler {
  readonly #high: number;
  readonly #low: number;

  constructor(ratio: number) {
    const bound = BigInt(Math.round(ratio * 2 ** 64));
    this.#high = Number(bound >> 32n);
    this.#low = Number(bound & 0xffff_ffffn);
  }

  keeps(_parent: SpanContext | undefined, ids: SpanIds): boolean {
    if (this.#high === ALL) return true; // asked for every child of a sampled span: no id is read for it
    const high = ids.samplingHigh;
    return high === this.#high ? ids.samplingLow < this.#low : high < this.#high;
  }
}
