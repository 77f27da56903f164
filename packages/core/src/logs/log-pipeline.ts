import type { LoggerProvider } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import { LoggerProvider as SdkLoggerProvider } from '@opentelemetry/sdk-logs';
import { allOf } from '../export/all-of.ts';
import { Batcher } from '../export/batcher.ts';
import { logExporters } from '../export/exporter-for.ts';
import { totalStats } from '../export/total-stats.ts';
import { deliveryWarning } from '../lifecycle/delivery-warning.ts';
import type { Pipeline } from '../pipeline.ts';
import type { Settings } from '../settings/settings.ts';
import { BatchLogProcessor } from './batch-log-processor.ts';

/** The SDK's LoggerProvider with a batch for each exporter. */
export interface LogPipeline extends Pipeline {
  readonly provider: LoggerProvider;
}

export function logPipeline(settings: Settings, resource: Resource): LogPipeline {
  const { exporters, otlp, batch } = settings.logs;
  const batchers = exporters.map(
    (name) => new Batcher(batch, logExporters[name](otlp), deliveryWarning(otlp.url)),
  );
  const processors = batchers.map((batcher) => new BatchLogProcessor(batcher));
  const sdk = new SdkLoggerProvider({ resource, processors });
  return {
    provider: { getLogger: (name, version, options) => sdk.getLogger(name, version, options) },
    flush: () => allOf(batchers, (batcher) => batcher.flush()),
    shutdown: () => allOf(batchers, (batcher) => batcher.shutdown()),
    giveUp: () => batchers.forEach((each) => void each.giveUp()),
    stats: () => totalStats(batchers),
  };
}
