import type { ExportOutcome } from './export-outcome.ts';

/** What became of the items of one signal since `init()`: what was recorded is the sum of the four. */
export interface SignalStats {
  /** Waiting, under way, or kept in the buffer because the receiver does not take it now. */
  readonly queued: number;
  /** Acknowledged by the receiver. */
  readonly exported: number;
  /** Lost without a refusal: the queue or the buffer was full, it became too old, or telemetry ended. */
  readonly dropped: number;
  /** Lost in export: the receiver refused for good, or the item could not be encoded. */
  readonly failed: number;
}

/** Counts every item exactly once, from the moment it leaves the queue to its end. */
export class Tally {
  #open = 0;
  #exported = 0;
  #dropped = 0;
  #failed = 0;

  handOver(items: number): void {
    this.#open += items;
  }

  settle(items: number, { delivered, rejected = 0, dropped }: ExportOutcome): void {
    const lost = delivered ? Math.min(rejected, items) : items;
    this.#open -= items;
    this.#exported += items - lost;
    if (dropped) this.#dropped += lost;
    else this.#failed += lost;
  }

  /** Items that never left the queue. */
  drop(items: number): void {
    this.#dropped += items;
  }

  stats(waiting = 0): SignalStats {
    return {
      queued: this.#open + waiting,
      exported: this.#exported,
      dropped: this.#dropped,
      failed: this.#failed,
    };
  }
}
