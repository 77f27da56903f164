import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { allOf } from '../export/all-of.ts';
import { Batcher } from '../export/batcher.ts';
import { spanExporters } from '../export/exporter-for.ts';
import { exporterNews, ownExporter } from '../export/own-exporter.ts';
import type { RetryBuffer } from '../export/retry-buffer.ts';
import { totalQueues } from '../export/total-queues.ts';
import { totalStats } from '../export/total-stats.ts';
import type { DeliveryNews } from '../lifecycle/delivery-news.ts';
import type { BatchingPipeline } from '../pipeline.ts';
import type { Settings } from '../settings/settings.ts';
import { baggageSpanProcessors } from './baggage-span-processors.ts';
import { BatchSpanProcessor } from './batch-span-processor.ts';
import { guardedProcessor } from './guarded-processor.ts';
import { oldHttpProcessors } from './old-http-processors.ts';
import { samplerFor } from './samplers.ts';
import type { SpanProcessor } from './span-processor.ts';
import { SpanRecorder } from './span-recorder.ts';
import { SamplingTracerProvider } from './tracer-provider.ts';

/** Sampler, then recorder, then a batch for each exporter. */
export interface TracePipeline extends BatchingPipeline {
  readonly provider: SamplingTracerProvider;
}

export function tracePipeline(
  settings: Settings,
  resource: Resource,
  buffer: RetryBuffer,
  newsOf: (url: string) => DeliveryNews,
): TracePipeline {
  const { exporters, otlp, batch, limits } = settings.traces;
  const batchers = exporters.map((name) => {
    const { onAway, onSettled } = newsOf(otlp.url);
    return new Batcher(
      batch,
      spanExporters[name](otlp, buffer, onAway, resource.waitForAsyncAttributes?.()),
      onSettled,
    );
  });
  for (const own of settings.extensions.spanExporters) {
    const exporter = ownExporter<ReadableSpan[]>(own, (spans) => spans.length);
    batchers.push(new Batcher(batch, exporter, exporterNews('a span exporter')));
  }
  const batching = batchers.map((batcher) => new BatchSpanProcessor(batcher));
  const processors: SpanProcessor[] = [
    ...oldHttpProcessors(settings.http.oldNames),
    ...baggageSpanProcessors(settings.baggage.attributes),
    ...settings.extensions.spanProcessors.map(guardedProcessor),
    ...batching,
  ];
  const recorder = new SpanRecorder(resource, processors, limits);
  return {
    provider: new SamplingTracerProvider(samplerFor(settings), recorder),
    // Not through the SDK's provider: its 30 s timer would hold the process.
    flush: () => allOf(processors, (processor) => processor.forceFlush()),
    shutdown: () => allOf(processors, (processor) => processor.shutdown()),
    giveUp: () => batchers.forEach((each) => void each.giveUp()),
    takeRest: () => batchers.flatMap((each) => each.takeRest()),
    stats: () => totalStats(batchers),
    queue: () => totalQueues(batchers),
  };
}
