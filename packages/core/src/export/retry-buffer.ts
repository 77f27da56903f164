import type { BufferSettings } from '../settings/settings.ts';
import type { ExportOutcome } from './export-outcome.ts';
import type { Body } from './transport.ts';

/** One encoded batch on its way. */
export interface Parcel {
  body: Body;
  readonly items: number;
  /** When it was encoded, on the monotonic clock, in milliseconds. */
  readonly since: number;
  /** Being sent now: what may be acknowledged in a moment is not dropped. */
  underWay: boolean;
  settle(outcome: ExportOutcome): void;
  /** Takes it out of its line; without a reason it is the end, of which nothing is said. */
  drop(reason?: Error): void;
}

/**
 * What all signals together may keep while a receiver is away: bounded in bytes and age. What is too
 * old, and the oldest of what is too much, is dropped and settled.
 */
export class RetryBuffer {
  readonly settings: BufferSettings;
  /** Oldest first: a Set keeps the order of insertion. */
  readonly #parcels = new Set<Parcel>();
  #bytes = 0;

  constructor(settings: BufferSettings) {
    this.settings = settings;
  }

  fits(bytes: number): boolean {
    return this.#bytes + bytes <= this.settings.maxBytes;
  }

  keep(parcel: Parcel): void {
    this.#parcels.add(parcel);
    this.#bytes += parcel.body.bytes.length;
    // Whatever its size, it is tried once.
    this.trim(performance.now(), parcel);
  }

  release(parcel: Parcel): void {
    if (this.#parcels.delete(parcel)) this.#bytes -= parcel.body.bytes.length;
  }

  /** The same batch, smaller. */
  exchange(parcel: Parcel, body: Body): void {
    if (this.#parcels.has(parcel)) this.#bytes += body.bytes.length - parcel.body.bytes.length;
    parcel.body = body;
  }

  trim(now = performance.now(), spared?: Parcel): void {
    for (const parcel of this.#parcels) {
      const old = now - parcel.since >= this.settings.maxAgeMillis;
      if (!old && this.#bytes <= this.settings.maxBytes) return;
      if (parcel.underWay || parcel === spared) continue;
      parcel.drop(old ? tooOld(this.settings) : noRoom(this.settings));
    }
  }

  /** Milliseconds until the oldest parcel that is not under way becomes too old. */
  untilExpiry(now = performance.now()): number {
    for (const { since, underWay } of this.#parcels) {
      if (!underWay) return Math.max(0, since + this.settings.maxAgeMillis - now);
    }
    return Number.POSITIVE_INFINITY;
  }
}

function tooOld({ maxAgeMillis }: BufferSettings): Error {
  return new Error(`it waited for more than ${maxAgeMillis} ms (buffer.maxAgeMillis)`);
}

function noRoom({ maxBytes }: BufferSettings): Error {
  return new Error(`the buffer of ${maxBytes} bytes is full (buffer.maxBytes)`);
}
