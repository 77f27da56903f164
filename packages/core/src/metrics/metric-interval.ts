import type { SignalStats } from '../export/batcher.ts';
import type { BatchExporter, ExportOutcome } from '../export/export-outcome.ts';
import type { MetricCollection } from './metric-collection.ts';
import type { ResourceMetrics } from './metric-model.ts';

/** Collects and exports all metrics at an interval, one export at a time. */
export class MetricInterval {
  readonly #collection: MetricCollection;
  readonly #exporter: BatchExporter<ResourceMetrics>;
  readonly #onOutcome: (outcome: ExportOutcome) => void;
  readonly #timer: NodeJS.Timeout;
  #sending: Promise<void> | undefined;
  #exported = 0;
  #failed = 0;

  constructor(
    collection: MetricCollection,
    exporter: BatchExporter<ResourceMetrics>,
    intervalMillis: number,
    onOutcome: (outcome: ExportOutcome) => void,
  ) {
    this.#collection = collection;
    this.#exporter = exporter;
    this.#onOutcome = onOutcome;
    this.#timer = setInterval(() => void this.#sendUnlessBusy(), intervalMillis).unref();
  }

  /** Resolves once the values of this moment were acknowledged or given up. Never rejects. */
  async flush(): Promise<void> {
    while (this.#sending !== undefined) await this.#sending;
    await this.#sendUnlessBusy();
  }

  async shutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
    await this.#exporter.shutdown();
  }

  giveUp(): void {
    this.#exporter.giveUp();
  }

  stats(): SignalStats {
    return { queued: 0, exported: this.#exported, dropped: 0, failed: this.#failed };
  }

  #sendUnlessBusy(): Promise<void> {
    this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #send(): Promise<void> {
    const metrics = await this.#collection.collect();
    const points = countPoints(metrics);
    if (points === 0) return;
    const outcome = await this.#exporter.export(metrics);
    const failed = outcome.delivered ? (outcome.rejected ?? 0) : points;
    this.#failed += failed;
    this.#exported += points - failed;
    this.#onOutcome(outcome);
  }
}

function countPoints({ scopeMetrics }: ResourceMetrics): number {
  let points = 0;
  for (const { metrics } of scopeMetrics) {
    for (const { dataPoints } of metrics) points += dataPoints.length;
  }
  return points;
}
