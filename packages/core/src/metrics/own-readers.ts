import { allOf } from '../export/all-of.ts';
import { bounded } from '../lifecycle/bounded.ts';
import { guarded } from '../lifecycle/guarded.ts';
import type { MetricReader } from '../settings/extensions-option.ts';
import type { MetricCollection } from './metric-collection.ts';

/** The application's own readers: each collects what the OTLP export would see, cumulative. */
export function ownReaders(readers: readonly MetricReader[], collection: MetricCollection) {
  const producer = {
    collect: async () => ({ resourceMetrics: await collection.collect(), errors: [] }),
  };
  const attach = guarded('setMetricProducer of a metric reader', (reader: MetricReader) =>
    reader.setMetricProducer(producer),
  );
  readers.forEach((reader) => void attach(reader));
  return {
    flush: () =>
      allOf(readers, (reader) =>
        bounded('forceFlush of a metric reader', () => reader.forceFlush()),
      ),
    shutdown: () =>
      allOf(readers, (reader) => bounded('shutdown of a metric reader', () => reader.shutdown())),
  };
}
