import type { Resource } from '@opentelemetry/resources';
import { allOf } from './export/all-of.ts';
import { RetryBuffer } from './export/retry-buffer.ts';
import type { SharedCore } from './instance/shared-core.ts';
import { deliveryNews } from './lifecycle/delivery-news.ts';
import { logPipeline } from './logs/log-pipeline.ts';
import { observeDelivery } from './metrics/delivery-metrics.ts';
import { metricPipeline } from './metrics/metric-pipeline.ts';
import type { Settings, SignalName } from './settings/settings.ts';
import type { TelemetryStats } from './telemetry.ts';
import { tracePipeline } from './traces/trace-pipeline.ts';
import { version } from './version.ts';

/** The three signals, and what is done to all of them at once. */
export type Pipelines = ReturnType<typeof startPipelines>;

export function startPipelines(settings: Settings, resource: Resource, shared: SharedCore) {
  const buffer = new RetryBuffer(settings.buffer);
  const newsOf = deliveryNews(settings.buffer);
  const traces = tracePipeline(settings, resource, buffer, newsOf);
  const metrics = metricPipeline(settings, resource, shared, buffer, newsOf);
  const logs = logPipeline(settings, resource, buffer, newsOf);
  const all = [traces, metrics, logs];
  if (settings.metrics.ofDelivery) {
    const leaving = Object.entries({ traces, metrics, logs }).filter(
      ([signal]) => settings[signal as SignalName].exporters.length > 0,
    );
    const meter = metrics.provider.getMeter('@org/otel-core', version);
    observeDelivery(meter, Object.fromEntries(leaving));
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
