import type { Resource } from '@opentelemetry/resources';
import { allOf } from './export/all-of.ts';
import type { SharedCore } from './instance/shared-core.ts';
import { logPipeline } from './logs/log-pipeline.ts';
import { metricPipeline } from './metrics/metric-pipeline.ts';
import type { Settings } from './settings/settings.ts';
import type { TelemetryStats } from './telemetry.ts';
import { tracePipeline } from './traces/trace-pipeline.ts';

/** The three signals, and what is done to all of them at once. */
export type Pipelines = ReturnType<typeof startPipelines>;

export function startPipelines(settings: Settings, resource: Resource, shared: SharedCore) {
  const traces = tracePipeline(settings, resource);
  const metrics = metricPipeline(settings, resource, shared);
  const logs = logPipeline(settings, resource);
  const all = [traces, metrics, logs];
  return {
    traces,
    metrics,
    logs,
    flush: () => allOf(all, (pipeline) => pipeline.flush()),
    shutdown: () => allOf(all, (pipeline) => pipeline.shutdown()),
    giveUp() {
      for (const pipeline of all) pipeline.giveUp();
    },
    /** Whether something waits that was not exported yet; metrics always have a value. */
    pending: () => traces.stats().queued + logs.stats().queued > 0,
    stats: (): TelemetryStats => ({
      traces: traces.stats(),
      metrics: metrics.stats(),
      logs: logs.stats(),
    }),
  };
}
