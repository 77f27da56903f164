import { performance } from 'node:perf_hooks';
import type { HrTime, TimeInput } from '@opentelemetry/api';
import { isTimeInputHrTime, millisToHrTime } from '@opentelemetry/core';
import { orElse } from '../lifecycle/harmless.ts';

/** The years that 64 bits of nanoseconds reach, in milliseconds: a time outside could not be encoded. */
const FARTHEST = 9e12;

/** Whether it can be taken for a time. May throw what a hostile value throws. */
function isTime(time: unknown): time is TimeInput {
  if (typeof time !== 'number' && !Array.isArray(time) && !(time instanceof Date)) return false;
  if (!Array.isArray(time)) return Math.abs(Number(time)) < FARTHEST;
  return time.length === 2 && time.every((part) => part >= 0 && part < FARTHEST / 1000);
}

/**
 * The clock of one span: the wall clock is read at its start, and from there on the monotonic one. In numbers and nothing
 * else, for a span that waits for its batch is copied by collections of garbage, each object of it by itself.
 */
export class SpanClock {
  /** Seconds since 1970, and milliseconds: two small integers. */
  readonly #seconds: number;
  readonly #millis: number;
  readonly #monotonic = performance.now();

  constructor() {
    const wall = Date.now();
    this.#seconds = Math.trunc(wall / 1000);
    this.#millis = wall - this.#seconds * 1000;
  }

  get start(): HrTime {
    return [this.#seconds, this.#millis * 1e6];
  }

  /** Milliseconds since the start. */
  get passed(): number {
    return performance.now() - this.#monotonic;
  }

  now(): HrTime {
    return this.after(this.passed);
  }

  /** So many milliseconds after the start. */
  after(passed: number): HrTime {
    const seconds = this.#seconds + Math.trunc(passed / 1000);
    const nanoseconds = this.#millis * 1e6 + Math.round((passed % 1000) * 1e6);
    return nanoseconds < 1e9 ? [seconds, nanoseconds] : [seconds + 1, nanoseconds - 1e9];
  }

  /** A given time. Milliseconds since 1970 or, if that is past, of performance.now(); a Date; or seconds and nanoseconds. */
  read(time: TimeInput): HrTime {
    if (isTimeInputHrTime(time)) return [time[0], time[1]];
    const millis = Number(time);
    const isMonotonic = typeof time === 'number' && millis <= performance.now();
    if (!isMonotonic) return millisToHrTime(millis);
    return millisToHrTime(this.#seconds * 1000 + this.#millis + millis - this.#monotonic);
  }

  /** As read(); undefined for what is no time. Never throws. */
  tryRead(time: unknown): HrTime | undefined {
    return orElse(
      () => (isTime(time) ? this.read(time) : undefined),
      () => undefined,
    );
  }
}
