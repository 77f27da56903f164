import type { BatchExporter, LastParcel, Settle } from '../export/export-outcome.ts';
import { type SignalStats, Tally } from '../export/tally.ts';
import type { ResourceMetrics } from './metric-model.ts';
import { countPoints } from './metric-parts.ts';

/** Where the metrics of this moment come from. */
export interface MetricSource {
  collect(): Promise<ResourceMetrics>;
}

/** Collects and exports all metrics at an interval, one export at a time. */
export class MetricInterval {
  readonly #source: MetricSource;
  readonly #exporter: BatchExporter<ResourceMetrics>;
  readonly #settle: Settle;
  readonly #tally = new Tally();
  readonly #timer: NodeJS.Timeout;
  #sending: Promise<void> | undefined;

  constructor(
    source: MetricSource,
    exporter: BatchExporter<ResourceMetrics>,
    intervalMillis: number,
    onSettled: Settle,
  ) {
    this.#source = source;
    this.#exporter = exporter;
    this.#settle = (items, outcome) => {
      this.#tally.settle(items, outcome);
      onSettled(items, outcome);
    };
    this.#timer = setInterval(() => void this.#sendUnlessBusy(), intervalMillis).unref();
  }

  /** Resolves once the values of this moment were acknowledged or given up. Never rejects. */
  async flush(): Promise<void> {
    while (this.#sending !== undefined) await this.#sending;
    await this.#sendUnlessBusy();
    await this.#exporter.flush();
  }

  async shutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
    this.giveUp();
    await this.#exporter.shutdown();
  }

  giveUp(): void {
    this.#exporter.giveUp();
  }

  /** What is not acknowledged; the values of this moment can be had only by waiting. */
  takeRest(): LastParcel[] {
    return this.#exporter.takeRest(undefined, this.#settle);
  }

  stats(): SignalStats {
    return this.#tally.stats();
  }

  #sendUnlessBusy(): Promise<void> {
    this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #send(): Promise<void> {
    const metrics = await this.#source.collect();
    const points = countPoints(metrics);
    if (points === 0) return;
    this.#tally.handOver(points);
    await this.#exporter.export(metrics, this.#settle);
  }
}
