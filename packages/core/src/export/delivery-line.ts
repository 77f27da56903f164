import type { ExportOutcome } from './export-outcome.ts';
import { askedDelay, FIRST_WAIT, retryDelay } from './retry.ts';
import type { Parcel, RetryBuffer } from './retry-buffer.ts';
import type { Attempted, Body, Transport } from './transport.ts';

/** A timer of Node's that is asked for more than 24 days fires at once. */
const LONGEST_SLEEP = 60_000;

/** What became of a parcel whose receiver was reached. */
export type Read = (answer: Uint8Array) => ExportOutcome;

/** Hears that the receiver is away: once for every attempt that may be repeated. */
export type OnAway = (reason: Error) => void;

/**
 * The parcels of one signal, in order, one request at a time. After a failure that may be repeated all
 * of them wait in the buffer while the first is the probe, with growing jittered waits; once it is
 * acknowledged the others follow at once. Nothing of it keeps the process alive.
 */
export class DeliveryLine {
  readonly #transport: Transport;
  readonly #buffer: RetryBuffer;
  readonly #read: Read;
  readonly #onAway: OnAway;
  readonly #waiting = new Set<Parcel>();
  #ending = new AbortController();
  #running = false;
  #failures = 0;
  #retryAt = 0;
  #askedToWait = false;
  #shrinking = false;
  #attemptedAt = Number.NEGATIVE_INFINITY;
  #everReached = false;
  #nobodyListens = false;
  #changed = Promise.withResolvers<void>();
  #wake = () => {};

  constructor(transport: Transport, buffer: RetryBuffer, read: Read, onAway: OnAway) {
    this.#transport = transport;
    this.#buffer = buffer;
    this.#read = read;
    this.#onAway = onAway;
  }

  add(body: Body, items: number, settle: (outcome: ExportOutcome) => void): void {
    const parcel: Parcel = {
      body,
      items,
      since: performance.now(),
      underWay: false,
      settle,
      drop: (error) =>
        this.#settle(parcel, { delivered: false, dropped: true, ...(error ? { error } : {}) }),
    };
    this.#waiting.add(parcel);
    this.#buffer.keep(parcel);
    if (!this.#running) void this.#run();
    else if (this.#failures > 0) void this.#shrinkAll();
  }

  /** Resolves once what waits now is settled, or an attempt has shown that nobody ever listened there. */
  async flush(): Promise<void> {
    const last = [...this.#waiting].at(-1);
    if (!last) return;
    this.#hurry();
    while (this.#waiting.has(last)) {
      await this.#changed.promise;
      if (this.#nobodyListens) return;
    }
  }

  /** Resolves when so many bytes fit, or the receiver is away: then the oldest make room. */
  async room(bytes: number): Promise<void> {
    while (this.#waiting.size > 0 && this.#failures === 0 && !this.#buffer.fits(bytes)) {
      await this.#changed.promise;
    }
  }

  /** Ends the attempt under way and drops everything, counted. */
  giveUp(): void {
    this.#ending.abort();
    this.#ending = new AbortController();
    for (const parcel of this.#waiting) parcel.drop();
    this.#wake();
  }

  /** Hands out everything that is not acknowledged; whoever takes it settles it. */
  takeAll(): Parcel[] {
    const all = [...this.#waiting];
    this.#waiting.clear();
    for (const parcel of all) this.#buffer.release(parcel);
    this.#ending.abort();
    this.#ending = new AbortController();
    return all;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.size > 0) {
      await this.#untilRetry();
      const [first] = this.#waiting;
      if (first) await this.#send(first);
    }
    this.#running = false;
  }

  async #send(parcel: Parcel): Promise<void> {
    this.#attemptedAt = performance.now();
    parcel.underWay = true;
    const attempted = await this.#transport.attempt(parcel.body, this.#ending.signal);
    parcel.underWay = false;
    if (!this.#waiting.has(parcel)) return;
    if (attempted.again) this.#backOff(attempted);
    else this.#finish(parcel, attempted);
    this.#announce();
  }

  #finish(parcel: Parcel, { acknowledged, reason }: Attempted): void {
    this.#everReached = true;
    this.#nobodyListens = false;
    this.#failures = 0;
    const refused = { delivered: false, ...(reason ? { error: reason } : {}) };
    this.#settle(parcel, acknowledged ? this.#read(acknowledged) : refused);
  }

  #backOff({ reason = new Error('no reason given'), retryAfter }: Attempted): void {
    const now = Date.now();
    const wait = retryDelay(this.#failures++, retryAfter, now);
    this.#askedToWait = askedDelay(retryAfter, now) > 0;
    // However long it asks for, nothing is kept longer than this.
    this.#retryAt = performance.now() + Math.min(wait, this.#buffer.settings.maxAgeMillis);
    const { code } = reason as NodeJS.ErrnoException;
    this.#nobodyListens = !this.#everReached && code === 'ECONNREFUSED';
    this.#onAway(reason);
    this.#buffer.trim();
    void this.#shrinkAll();
  }

  /** What waits for a receiver that is away is kept as small as can be: a tenth, measured on server spans. */
  async #shrinkAll(): Promise<void> {
    if (this.#shrinking) return;
    this.#shrinking = true;
    for (const parcel of this.#waiting) {
      if (this.#failures === 0) break;
      if (parcel.underWay || parcel.body.isGzip) continue;
      this.#buffer.exchange(parcel, await this.#transport.shrink(parcel.body));
    }
    this.#shrinking = false;
  }

  async #untilRetry(): Promise<void> {
    for (;;) {
      const now = performance.now();
      const wait = this.#retryAt - now;
      if (this.#waiting.size === 0 || wait <= 0) return;
      await this.#sleep(Math.min(wait, this.#buffer.untilExpiry(now)));
      this.#buffer.trim();
    }
  }

  /** Somebody waits: the next attempt need not be later than a second after the last, unless the receiver asked for it. */
  #hurry(): void {
    if (this.#askedToWait) return;
    this.#retryAt = Math.min(this.#retryAt, this.#attemptedAt + FIRST_WAIT);
    this.#wake();
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(
        resolve,
        Math.min(Math.ceil(milliseconds) + 1, LONGEST_SLEEP),
      ).unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #settle(parcel: Parcel, outcome: ExportOutcome): void {
    if (!this.#waiting.delete(parcel)) return;
    this.#buffer.release(parcel);
    parcel.settle({ ...outcome, seconds: (performance.now() - parcel.since) / 1000 });
    this.#announce();
  }

  #announce(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
