/** How long the end of the process may be held up for the last batches, in milliseconds. */
const DEADLINE = 2000;

/** A signal that was not followed by the end within this time was none: a reload by SIGHUP, a long drain. */
const FORGOTTEN = 10_000;

/** One deadline for all that an end is made of: signal, natural end, exit. */
export class EndDeadline {
  #started = Number.NEGATIVE_INFINITY;

  /** Milliseconds that are left; the first question starts the clock. */
  left(now = performance.now()): number {
    if (now - this.#started > FORGOTTEN) this.#started = now;
    return Math.max(0, this.#started + DEADLINE - now);
  }
}
