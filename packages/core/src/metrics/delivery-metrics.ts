import type { Meter } from '@opentelemetry/api';
import type { QueueStats } from '../export/queue-stats.ts';
import type { SignalStats } from '../export/tally.ts';

/** One signal whose fate is reported. */
export interface DeliverySource {
  stats(): SignalStats;
  /** Where items wait for a batch; metrics have no such queue. */
  queue?(): QueueStats;
}

/** The SDK metrics of the semantic conventions, by the kind of item. */
const KINDS = {
  traces: { item: 'span', unit: '{span}' },
  metrics: { item: 'metric_data_point', unit: '{data_point}' },
  logs: { item: 'log', unit: '{log_record}' },
} as const;

type Kind = (typeof KINDS)[keyof typeof KINDS];

/**
 * Reports what became of the telemetry itself, by the names of the semantic conventions (`otel.sdk.processor.*`,
 * `otel.sdk.exporter.*`). Without `error.type` an item went on or arrived. All start at 0, so that the first loss shows
 * as an increase. Read when somebody collects: nothing is added to the way of a span.
 */
export function observeDelivery(
  meter: Meter,
  sources: Partial<Record<keyof typeof KINDS, DeliverySource>>,
): void {
  for (const [signal, source] of Object.entries(sources)) {
    const kind = KINDS[signal as keyof typeof KINDS];
    observeExported(meter, kind, source);
    observeInflight(meter, kind, source);
    if (source.queue) observeQueue(meter, kind, source.queue);
  }
}

/** `rejected` were refused for good or could not be encoded, `dropped` were lost without a refusal. */
function observeExported(meter: Meter, { item, unit }: Kind, source: DeliverySource): void {
  const description = `The number of ${item}s for which the export has finished, either successful or failed.`;
  const name = `otel.sdk.exporter.${item}.exported`;
  meter.createObservableCounter(name, { description, unit }).addCallback(function read(result) {
    const { exported, failed, dropped } = source.stats();
    result.observe(exported);
    result.observe(failed, { 'error.type': 'rejected' });
    result.observe(dropped, { 'error.type': 'dropped' });
  });
}

/** What waits in the buffer for a receiver that is away is in flight. */
function observeInflight(meter: Meter, { item, unit }: Kind, source: DeliverySource): void {
  const description = `The number of ${item}s which were passed to the exporter, but that have not been exported yet (neither successful, nor failed).`;
  const name = `otel.sdk.exporter.${item}.inflight`;
  observeNumber(meter, name, { description, unit }, () => {
    return source.stats().queued - (source.queue?.().size ?? 0);
  });
}

function observeQueue(meter: Meter, { item, unit }: Kind, queue: () => QueueStats): void {
  const processor = `otel.sdk.processor.${item}`;
  const size = `The number of ${item}s in the queue of the processor.`;
  observeNumber(meter, `${processor}.queue.size`, { description: size, unit }, () => queue().size);
  const most = `The maximum number of ${item}s the queue of the processor can hold.`;
  observeNumber(meter, `${processor}.queue.capacity`, { description: most, unit }, () => {
    return queue().capacity;
  });
  const description = `The number of ${item}s for which the processing has finished, either successful or failed.`;
  const processed = `${processor}.processed`;
  meter.createObservableCounter(processed, { description, unit }).addCallback((result) => {
    const { processed, queueFull, alreadyShutdown } = queue();
    result.observe(processed);
    result.observe(queueFull, { 'error.type': 'queue_full' });
    result.observe(alreadyShutdown, { 'error.type': 'already_shutdown' });
  });
}

function observeNumber(
  meter: Meter,
  name: string,
  about: { description: string; unit: string },
  read: () => number,
): void {
  meter.createObservableUpDownCounter(name, about).addCallback((result) => result.observe(read()));
}
