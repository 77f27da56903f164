import type { BatchSettings } from '../settings/settings.ts';
import type { BatchExporter, ExportOutcome } from './export-outcome.ts';

/** What became of the items of one signal since `init()`. */
export interface SignalStats {
  /** Waiting now. */
  readonly queued: number;
  /** Acknowledged by the receiver. */
  readonly exported: number;
  /** Lost before export: the queue was full, or telemetry was shut down. */
  readonly dropped: number;
  /** Lost in export: the receiver refused, or could not be reached in time. */
  readonly failed: number;
}

/**
 * A bounded queue in front of an exporter: a batch leaves when it is full or its time has come, one
 * at a time, and `flush()` waits for the acknowledgement. What does not fit is counted.
 */
export class Batcher<T> {
  readonly #settings: BatchSettings;
  readonly #exporter: BatchExporter<T[]>;
  readonly #onOutcome: (outcome: ExportOutcome) => void;
  #queue: T[] = [];
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Immediate | undefined;
  #sending: Promise<void> | undefined;
  #closed = false;
  #exported = 0;
  #dropped = 0;
  #failed = 0;

  constructor(
    settings: BatchSettings,
    exporter: BatchExporter<T[]>,
    onOutcome: (outcome: ExportOutcome) => void,
  ) {
    this.#settings = settings;
    this.#exporter = exporter;
    this.#onOutcome = onOutcome;
  }

  add(item: T): void {
    if (this.#closed || this.#queue.length >= this.#settings.maxQueueSize) {
      this.#dropped++;
      return;
    }
    this.#queue.push(item);
    if (this.#queue.length >= this.#settings.maxBatchSize) this.#sendSoon();
    else this.#startTimer();
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
  }

  async shutdown(): Promise<void> {
    await this.flush();
    this.#closed = true;
    clearTimeout(this.#timer);
    clearImmediate(this.#soon);
    await this.#exporter.shutdown();
  }

  /** Ends the export under way, whose items count as failed, and drops those that wait. */
  giveUp(): void {
    this.#dropped += this.#queue.length;
    this.#queue = [];
    this.#exporter.giveUp();
  }

  stats(): SignalStats {
    return {
      queued: this.#queue.length,
      exported: this.#exported,
      dropped: this.#dropped,
      failed: this.#failed,
    };
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
    const outcome = await this.#exporter.export(batch);
    const failed = outcome.delivered ? (outcome.rejected ?? 0) : batch.length;
    this.#failed += failed;
    this.#exported += batch.length - failed;
    this.#sending = undefined;
    this.#onOutcome(outcome);
  }
}
