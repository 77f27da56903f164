import { type EventLoopUtilization, monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** What the event loop did in a window; delays in seconds, utilization from 0 to 1. */
export interface EventLoopReading {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly stddev: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly utilization: number;
}

/** Each tick wakes an idle process: half the resolution costs twice the time. */
const RESOLUTION_MS = 10;

interface Generation {
  since: number;
  readonly delay: ReturnType<typeof monitorEventLoopDelay>;
  utilization: EventLoopUtilization;
}

/**
 * Watches the event loop so that any number of readers can look without disturbing each other.
 *
 * A histogram that is reset at each collection shows a second reader only what the first left. A reader that comes once
 * in a window gets the time since it was last here. When one comes sooner, there is another: from then on two
 * overlapping generations are kept, and a reading covers at least the last `windowMillis`, at most twice that. The
 * one tick (10 ms) in which a generation starts is not in it: Node measures from the second tick on.
 *
 * Between readers only libuv timers run, natively and without keeping the process alive.
 */
export class EventLoopWindow {
  readonly #windowMillis: number;
  #older: Generation | undefined;
  #younger: Generation | undefined;
  /** Of the window that ended last, while there is one generation. */
  #last: EventLoopReading | undefined;

  constructor(windowMillis: number) {
    this.#windowMillis = windowMillis;
  }

  /** Without it the first reading does. */
  start(): void {
    this.#older ??= startGeneration();
  }

  /** The window's figures, or undefined before the first tick. */
  read(): EventLoopReading | undefined {
    this.#older ??= startGeneration();
    if (this.#younger) return this.#readOverlapping(this.#older, this.#younger);
    if (this.#isOver(this.#older)) {
      this.#last = readGeneration(this.#older);
      restart(this.#older);
      return this.#last;
    }
    this.#younger = startGeneration();
    return this.#last ?? readGeneration(this.#older);
  }

  /** Stops the timers. */
  dispose(): void {
    this.#older?.delay.disable();
    this.#younger?.delay.disable();
  }

  #readOverlapping(older: Generation, younger: Generation): EventLoopReading | undefined {
    if (!this.#isOver(younger)) return readGeneration(older);
    restart(older);
    this.#older = younger;
    this.#younger = older;
    return readGeneration(younger);
  }

  #isOver({ since }: Generation): boolean {
    return performance.now() - since >= this.#windowMillis;
  }
}

function startGeneration(): Generation {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  return { since: performance.now(), delay, utilization: performance.eventLoopUtilization() };
}

function restart(generation: Generation): void {
  generation.delay.reset();
  generation.since = performance.now();
  generation.utilization = performance.eventLoopUtilization();
}

function readGeneration({ delay, utilization }: Generation): EventLoopReading | undefined {
  if (delay.count === 0) return undefined;
  return {
    min: lateness(delay.min),
    max: lateness(delay.max),
    mean: seconds(delay.mean - RESOLUTION_NS),
    stddev: delay.stddev / 1e9,
    p50: lateness(delay.percentile(50)),
    p90: lateness(delay.percentile(90)),
    p99: lateness(delay.percentile(99)),
    utilization: performance.eventLoopUtilization(utilization).utilization,
  };
}

const RESOLUTION_NS = RESOLUTION_MS * 1e6;

/**
 * Node records the time from tick to tick: an idle loop would read as a delay of one whole resolution. Where ticks were
 * missed, the block began anywhere between two of them, on average half a resolution after the first: a block of
 * 50 ms is reported within 10 %.
 */
function lateness(nanoseconds: number): number {
  const missed = nanoseconds > 2 * RESOLUTION_NS;
  return seconds(nanoseconds - (missed ? RESOLUTION_NS / 2 : RESOLUTION_NS));
}

function seconds(nanoseconds: number): number {
  return Math.max(0, nanoseconds) / 1e9;
}
