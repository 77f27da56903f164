import type { Resource } from '@opentelemetry/resources';
import { allOf } from './export/all-of.ts';
import { RetryBuffer } from './export/retry-buffer.ts';
import type { SharedCore } from './instance/shared-core.ts';
import { deliveryNews } from './lifecycle/delivery-news.ts';
import { logPipeline } from './logs/log-pipeline.ts';
import { type DeliverySource, observeDelivery } from './metrics/delivery-metrics.ts';
import { ExportDurations } from './metrics/export-durations.ts';
import { metricPipeline } from './metrics/metric-pipeline.ts';
import type { Settings, SignalName } from './settings/settings.ts';
import type { TelemetryStats } from './telemetry.ts';
import { tracePipeline } from './traces/trace-pipeline.ts';
import { version } from './version.ts';

/** The three signals, and what is done to all of them at once. */
export type Pipelines = ReturnType<typeof startPipelines>;

export function startPipelines(settings: Settings, resource: Resource, shared: SharedCore) {
  const buffer = new RetryBuffer(settings.buffer);
  const durations = new ExportDurations();
  const news = deliveryNews(settings.buffer);
  const newsOf = (signal: SignalName) => durations.heardBy(news, signal, settings);
  const traces = tracePipeline(settings, resource, buffer, newsOf('traces'));
  const metrics = metricPipeline(settings, resource, shared, buffer, newsOf('metrics'));
  const logs = logPipeline(settings, resource, buffer, newsOf('logs'));
  const all = [traces, metrics, logs];
  if (settings.metrics.ofDelivery) {
    const meter = metrics.provider.getMeter('@org/otel-core', version);
    observeDelivery(meter, leaving(settings, { traces, metrics, logs }));
    durations.recordAt(meter);
  }
  return {
    traces,
    metrics,
    logs,
    flush: () => allOf(all, (pipeline) => pipeline.flush()),
    shutdown: () => allOf(all, (pipeline) => pipeline.shutdown()),
    giveUp() {
      for (const pipeline of all) pipeline.giveUp();
    },
    takeRest: () => all.flatMap((pipeline) => pipeline.takeRest()),
    /** Whether something waits that was not exported yet; metrics always have a value. */
    pending: () => traces.stats().queued + logs.stats().queued > 0,
    stats: (): TelemetryStats => ({
      traces: traces.stats(),
      metrics: metrics.stats(),
      logs: logs.stats(),
    }),
  };
}

/** Those that have an exporter, one of the application's own too. */
function leaving(
  settings: Settings,
  pipelines: Record<SignalName, DeliverySource>,
): Partial<Record<SignalName, DeliverySource>> {
  const { spanExporters, metricExporters, logRecordExporters } = settings.extensions;
  const own = { traces: spanExporters, metrics: metricExporters, logs: logRecordExporters };
  const names = Object.keys(own) as SignalName[];
  const used = names.filter((name) => settings[name].exporters.length + own[name].length > 0);
  return Object.fromEntries(used.map((name) => [name, pipelines[name]]));
}
