import type { LoggerProvider } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import {
  type ReadableLogRecord,
  LoggerProvider as SdkLoggerProvider,
} from '@opentelemetry/sdk-logs';
import { allOf } from '../export/all-of.ts';
import { Batcher } from '../export/batcher.ts';
import { logExporters } from '../export/exporter-for.ts';
import { exporterNews, ownExporter } from '../export/own-exporter.ts';
import type { RetryBuffer } from '../export/retry-buffer.ts';
import { totalQueues } from '../export/total-queues.ts';
import { totalStats } from '../export/total-stats.ts';
import type { DeliveryNews } from '../lifecycle/delivery-news.ts';
import type { BatchingPipeline } from '../pipeline.ts';
import type { Settings } from '../settings/settings.ts';
import { baggageLogProcessors } from './baggage-log-processors.ts';
import { BatchLogProcessor } from './batch-log-processor.ts';
import { guardedLogProcessor } from './guarded-log-processor.ts';
import { guardedLoggers } from './guarded-logger.ts';
import { protoKeyProcessor } from './proto-key-processor.ts';

/** The SDK's LoggerProvider with a batch for each exporter. */
export interface LogPipeline extends BatchingPipeline {
  readonly provider: LoggerProvider;
}

export function logPipeline(
  settings: Settings,
  resource: Resource,
  buffer: RetryBuffer,
  newsOf: (url: string) => DeliveryNews,
): LogPipeline {
  const { exporters, otlp, batch, limits: logRecordLimits } = settings.logs;
  const batchers = exporters.map((name) => {
    const { onAway, onSettled } = newsOf(otlp.url);
    return new Batcher(
      batch,
      logExporters[name](otlp, buffer, onAway, resource.waitForAsyncAttributes?.()),
      onSettled,
    );
  });
  for (const own of settings.extensions.logRecordExporters) {
    const exporter = ownExporter<ReadableLogRecord[]>(own, (records) => records.length);
    batchers.push(new Batcher(batch, exporter, exporterNews('a log record exporter')));
  }
  const own = settings.extensions.logRecordProcessors.map(guardedLogProcessor);
  const processors = [
    protoKeyProcessor,
    ...baggageLogProcessors(settings.baggage.attributes),
    ...own,
    ...batchers.map((batcher) => new BatchLogProcessor(batcher)),
  ];
  const sdk = new SdkLoggerProvider({ resource, processors, logRecordLimits });
  const silenced = settings.disabledInstrumentations.has('winston')
    ? '@org/otel-winston'
    : undefined;
  return {
    provider: guardedLoggers(sdk, silenced, () => {
      for (const batcher of batchers) batcher.lose();
    }),
    flush: () => allOf(processors, (processor) => processor.forceFlush()),
    shutdown: () => allOf(processors, (processor) => processor.shutdown()),
    giveUp: () => batchers.forEach((each) => void each.giveUp()),
    takeRest: () => batchers.flatMap((each) => each.takeRest()),
    stats: () => totalStats(batchers),
    queue: () => totalQueues(batchers),
  };
}
