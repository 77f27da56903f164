import type { Environment } from './environment.ts';
import { batchRows } from './rows-batch.ts';
import { metricRows } from './rows-metrics.ts';
import type { BatchSettings, SignalName } from './settings.ts';

/** How items of a signal wait for export, and how long one attempt may take. */
export function readBatch(
  signal: SignalName,
  env: Environment,
): { batch: BatchSettings; exportTimeoutMillis: number } {
  if (signal === 'metrics') {
    const batch = { maxQueueSize: 1, maxBatchSize: 1, delayMillis: env.read(metricRows.interval) };
    return { batch, exportTimeoutMillis: env.read(metricRows.timeout) };
  }
  const rows = batchRows[signal];
  const maxQueueSize = env.read(rows.maxQueueSize);
  const batch = {
    maxQueueSize,
    maxBatchSize: batchSizeFrom(env, signal, maxQueueSize),
    delayMillis: env.read(rows.scheduleDelay),
  };
  return { batch, exportTimeoutMillis: env.read(rows.exportTimeout) };
}

function batchSizeFrom(env: Environment, signal: 'traces' | 'logs', queue: number): number {
  const { value, origin } = env.find(batchRows[signal].maxExportBatchSize);
  if (value > queue && origin) {
    env.report(origin, String(value), `not more than the queue holds, ${queue}`, String(queue));
  }
  return Math.min(value, queue);
}
