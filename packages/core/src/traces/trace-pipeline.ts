import type { Resource } from '@opentelemetry/resources';
import { Batcher } from '../export/batcher.ts';
import { spanExporters } from '../export/exporter-for.ts';
import { totalStats } from '../export/total-stats.ts';
import { deliveryWarning } from '../lifecycle/delivery-warning.ts';
import type { Pipeline } from '../pipeline.ts';
import type { Settings } from '../settings/settings.ts';
import { BatchSpanProcessor } from './batch-span-processor.ts';
import { samplerFor } from './samplers.ts';
import { SpanRecorder } from './span-recorder.ts';
import { SamplingTracerProvider } from './tracer-provider.ts';

/** Sampler, then recorder, then a batch for each exporter. */
export interface TracePipeline extends Pipeline {
  readonly provider: SamplingTracerProvider;
}

export function tracePipeline(settings: Settings, resource: Resource): TracePipeline {
  const { exporters, otlp, batch } = settings.traces;
  const batchers = exporters.map(
    (name) => new Batcher(batch, spanExporters[name](otlp), deliveryWarning(otlp.url)),
  );
  const processors = batchers.map((batcher) => new BatchSpanProcessor(batcher));
  const recorder = new SpanRecorder(resource, [...settings.spanProcessors, ...processors]);
  return {
    provider: new SamplingTracerProvider(samplerFor(settings.sampler), recorder),
    flush: () => recorder.forceFlush(),
    shutdown: () => recorder.shutdown(),
    giveUp: () => batchers.forEach((each) => void each.giveUp()),
    stats: () => totalStats(batchers),
  };
}
