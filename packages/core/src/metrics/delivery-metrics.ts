import type { Meter } from '@opentelemetry/api';
import type { SignalStats } from '../export/tally.ts';

/** One signal whose fate is reported. */
export interface DeliverySource {
  stats(): SignalStats;
}

/** The SDK metrics of the semantic conventions, by the kind of item. */
const KINDS = {
  traces: { item: 'span', unit: '{span}' },
  metrics: { item: 'metric_data_point', unit: '{data_point}' },
  logs: { item: 'log', unit: '{log_record}' },
} as const;

/**
 * Reports what became of the telemetry itself: `otel.sdk.exporter.span.exported`, `….metric_data_point.exported` and
 * `….log.exported`. Without `error.type` they arrived; `rejected` were refused for good or could not be encoded,
 * `dropped` were lost without a refusal (queue or buffer full, too old). All start at 0, so that the first loss shows as
 * an increase. Read when somebody collects: nothing is added to the way of a span.
 */
export function observeDelivery(
  meter: Meter,
  sources: Partial<Record<keyof typeof KINDS, DeliverySource>>,
): void {
  for (const [signal, source] of Object.entries(sources)) {
    const { item, unit } = KINDS[signal as keyof typeof KINDS];
    const description = `The number of ${item}s for which the export has finished, either successful or failed.`;
    const name = `otel.sdk.exporter.${item}.exported`;
    meter.createObservableCounter(name, { description, unit }).addCallback(function read(result) {
      const { exported, failed, dropped } = source.stats();
      result.observe(exported);
      result.observe(failed, { 'error.type': 'rejected' });
      result.observe(dropped, { 'error.type': 'dropped' });
    });
  }
}
