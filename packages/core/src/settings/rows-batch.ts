import { milliseconds, timeout, whole } from './kinds.ts';
import { setting } from './setting.ts';

/** The batch processors of the specification: spans (BSP) and log records (BLRP). */
export const batchRows = {
  traces: rowsOf('traces', 'OTEL_BSP', 'spans', 5000),
  logs: rowsOf('logs', 'OTEL_BLRP', 'log records', 1000),
};

function rowsOf(signal: 'traces' | 'logs', prefix: string, items: string, delay: number) {
  return {
    scheduleDelay: setting({
      variables: [`${prefix}_SCHEDULE_DELAY`],
      options: [`${signal}.batch.scheduleDelay`],
      kind: milliseconds(0),
      fallback: delay,
      says: `The longest wait of ${items} for a batch that is not full, in milliseconds.`,
    }),
    exportTimeout: setting({
      variables: [`${prefix}_EXPORT_TIMEOUT`],
      options: [`${signal}.batch.exportTimeout`],
      kind: timeout,
      fallback: 30_000,
      says: 'Milliseconds one attempt to export may take, where the exporter’s own timeout is not shorter; 0 is no limit.',
    }),
    maxQueueSize: setting({
      variables: [`${prefix}_MAX_QUEUE_SIZE`],
      options: [`${signal}.batch.maxQueueSize`],
      kind: whole(1),
      fallback: 2048,
      says: `How many ${items} wait for export; more are dropped and counted.`,
    }),
    maxExportBatchSize: setting({
      variables: [`${prefix}_MAX_EXPORT_BATCH_SIZE`],
      options: [`${signal}.batch.maxExportBatchSize`],
      kind: whole(1),
      fallback: 512,
      byDefault: '512, and not more than the queue holds',
      says: `How many ${items} leave together; not more than the queue holds.`,
    }),
  };
}
