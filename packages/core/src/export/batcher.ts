import type { BatchSettings } from '../settings/settings.ts';
import type { BatchExporter, LastParcel, Settle } from './export-outcome.ts';
import type { QueueStats } from './queue-stats.ts';
import { type SignalStats, Tally } from './tally.ts';

/**
 * A bounded queue in front of an exporter: a batch leaves when it is full or its time has come, one
 * at a time, and `flush()` waits for the acknowledgement. What does not fit is counted.
 */
export class Batcher<T> {
  readonly #settings: BatchSettings;
  readonly #exporter: BatchExporter<T[]>;
  readonly #settle: Settle;
  readonly #tally = new Tally();
  #queue: T[] = [];
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Immediate | undefined;
  #sending: Promise<void> | undefined;
  #closed = false;
  #processed = 0;
  #queueFull = 0;
  #alreadyShutdown = 0;

  constructor(settings: BatchSettings, exporter: BatchExporter<T[]>, onSettled: Settle) {
    this.#settings = settings;
    this.#exporter = exporter;
    this.#settle = (items, outcome) => {
      this.#tally.settle(items, outcome);
      onSettled(items, outcome);
    };
  }

  add(item: T): void {
    if (this.#closed || this.#queue.length >= this.#settings.maxQueueSize) {
      this.#refuse();
      return;
    }
    this.#queue.push(item);
    if (this.#queue.length >= this.#settings.maxBatchSize) this.#sendSoon();
    else this.#startTimer();
  }

  /** Counts an item that could not be taken. */
  lose(): void {
    this.#tally.drop(1);
  }

  /** Resolves once everything added before this call was acknowledged or given up. Never rejects. */
  async flush(): Promise<void> {
    let waiting = this.#queue.length;
    await this.#sending;
    while (waiting > 0 && this.#queue.length > 0) {
      waiting -= Math.min(this.#settings.maxBatchSize, this.#queue.length);
      await this.#sendOne();
    }
    while (this.#sending !== undefined) await this.#sending;
    await this.#exporter.flush();
  }

  async shutdown(): Promise<void> {
    await this.flush();
    this.#closed = true;
    clearTimeout(this.#timer);
    clearImmediate(this.#soon);
    this.giveUp();
    await this.#exporter.shutdown();
  }

  /** Ends the export under way and drops everything that waits, counted. */
  giveUp(): void {
    this.#tally.drop(this.#queue.length);
    this.#alreadyShutdown += this.#queue.length;
    this.#queue = [];
    this.#exporter.giveUp();
  }

  /** Everything that is not acknowledged, encoded at once; whoever takes it settles it. */
  takeRest(): LastParcel[] {
    const rest = this.#queue.splice(0);
    this.#handOver(rest.length);
    return this.#exporter.takeRest(rest.length > 0 ? rest : undefined, this.#settle);
  }

  stats(): SignalStats {
    return this.#tally.stats(this.#queue.length);
  }

  queue(): QueueStats {
    return {
      size: this.#queue.length,
      capacity: this.#settings.maxQueueSize,
      processed: this.#processed,
      queueFull: this.#queueFull,
      alreadyShutdown: this.#alreadyShutdown,
    };
  }

  #refuse(): void {
    this.#tally.drop(1);
    if (this.#closed) this.#alreadyShutdown += 1;
    else this.#queueFull += 1;
  }

  #handOver(items: number): void {
    this.#tally.handOver(items);
    this.#processed += items;
  }

  #startTimer(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#sendAll();
    }, this.#settings.delayMillis).unref();
  }

  /** After this turn of the event loop, so that no caller pays for the export. */
  #sendSoon(): void {
    if (this.#sending !== undefined) return;
    this.#soon ??= setImmediate(() => {
      this.#soon = undefined;
      void this.#sendAll(this.#settings.maxBatchSize);
    }).unref();
  }

  /** What arrives meanwhile waits for its own time, unless it fills a batch. */
  async #sendAll(least = 1): Promise<void> {
    if (this.#queue.length >= least) await this.#sendOne();
    while (this.#queue.length >= this.#settings.maxBatchSize) await this.#sendOne();
    if (this.#queue.length > 0 && !this.#closed) this.#startTimer();
  }

  /** One export at a time: a second caller waits for the first and then sends its own. */
  async #sendOne(): Promise<void> {
    while (this.#sending !== undefined) await this.#sending;
    const batch = this.#queue.splice(0, this.#settings.maxBatchSize);
    if (batch.length === 0) return;
    this.#sending = this.#send(batch);
    await this.#sending;
  }

  async #send(batch: T[]): Promise<void> {
    this.#handOver(batch.length);
    await this.#exporter.export(batch, this.#settle);
    this.#sending = undefined;
  }
}
