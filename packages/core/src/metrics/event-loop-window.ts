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

// A known block of B ms is reported as B-5 to B: within 10 % from 50 ms up. Node's default of 10 ms is not.
const RESOLUTION_MS = 5;

interface Generation {
  since: number;
  readonly delay: ReturnType<typeof monitorEventLoopDelay>;
  utilization: EventLoopUtilization;
}

/**
 * Watches the event loop so that any number of readers can look without disturbing each other.
 *
 * A histogram that is reset at each collection shows a second reader only what the first left. Two overlapping
 * generations are kept instead: a reading covers at least the last `windowMillis`, at most twice that, and exactly
 * the time since the last reading when there is one reader with that interval. The one tick (5 ms) in which a
 * generation starts is not in it: Node measures from the second tick on.
 *
 * Between readings only libuv timers run, natively and without keeping the process alive.
 */
export class EventLoopWindow {
  readonly #windowMillis: number;
  #older = startGeneration();
  #younger = startGeneration();

  constructor(windowMillis: number) {
    this.#windowMillis = windowMillis;
  }

  /** The window's figures, or undefined before the first tick. */
  read(): EventLoopReading | undefined {
    if (performance.now() - this.#younger.since >= this.#windowMillis) this.#turn();
    return readGeneration(this.#older);
  }

  /** Stops the timers. */
  dispose(): void {
    this.#older.delay.disable();
    this.#younger.delay.disable();
  }

  #turn(): void {
    const recycled = this.#older;
    this.#older = this.#younger;
    this.#younger = recycled;
    recycled.delay.reset();
    recycled.since = performance.now();
    recycled.utilization = performance.eventLoopUtilization();
  }
}

function startGeneration(): Generation {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  return { since: performance.now(), delay, utilization: performance.eventLoopUtilization() };
}

function readGeneration({ delay, utilization }: Generation): EventLoopReading | undefined {
  if (delay.count === 0) return undefined;
  return {
    min: lateness(delay.min),
    max: lateness(delay.max),
    mean: lateness(delay.mean),
    stddev: delay.stddev / 1e9,
    p50: lateness(delay.percentile(50)),
    p90: lateness(delay.percentile(90)),
    p99: lateness(delay.percentile(99)),
    utilization: performance.eventLoopUtilization(utilization).utilization,
  };
}

/** Node records the time from tick to tick: an idle loop would read as a delay of one whole resolution. */
function lateness(nanoseconds: number): number {
  return Math.max(0, nanoseconds - RESOLUTION_MS * 1e6) / 1e9;
}
