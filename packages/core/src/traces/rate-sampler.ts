import { type SpanContext, TraceFlags } from '@opentelemetry/api';
import type { HeadSampler } from './head-sampler.ts';

/**
 * Keeps at most so many traces a second: a token bucket that fills at that rate and holds one second
 * of it, at least one token. Spans inside a trace of this process follow it and take no token.
 */
export class RateSampler implements HeadSampler {
  readonly #perMilli: number;
  readonly #capacity: number;
  readonly #now: () => number;
  #tokens: number;
  #filled: number;

  /** @param now a clock in milliseconds that never goes back */
  constructor(tracesPerSecond: number, now: () => number = () => performance.now()) {
    this.#perMilli = tracesPerSecond / 1000;
    this.#capacity = tracesPerSecond > 0 ? Math.max(1, tracesPerSecond) : 0;
    this.#now = now;
    this.#tokens = this.#capacity;
    this.#filled = now();
  }

  keeps(parent: SpanContext | undefined): boolean {
    if (parent && !parent.isRemote) return (parent.traceFlags & TraceFlags.SAMPLED) !== 0;
    this.#fill();
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  #fill(): void {
    const now = this.#now();
    this.#tokens = Math.min(this.#capacity, this.#tokens + (now - this.#filled) * this.#perMilli);
    this.#filled = now;
  }
}
