import { performance } from 'node:perf_hooks';
import type { HrTime } from '@opentelemetry/api';
import { before, PATIENCE_MS } from './deadline.ts';
import { limitSeries } from './limit-series.ts';
import type { MetricData, Produced, Producer } from './metric-data.ts';
import { isProxy } from './metric-proxy.ts';
import { defaultLabelsOf, metricsOf, type PromMetric, type PromRegistry } from './prom-registry.ts';
import { toOtlp } from './to-otlp.ts';
import { version } from './version.ts';

/** The scope of everything that comes from prom-client. */
export const BRIDGE_SCOPE = '@org/otel-prom-bridge';

/**
 * Everything in a prom-client registry, as OpenTelemetry metrics, whenever a reader collects. What is only shown in the
 * registry (OpenTelemetry's own instruments) is left out. Counters and histograms count from the start of the process.
 */
export function registryProducer(registry: PromRegistry, patience = PATIENCE_MS): Producer {
  const startTime = hrTime(performance.timeOrigin);

  /** One that cannot be read, or is none, leaves out itself and no other. */
  async function exported(metric: PromMetric): Promise<MetricData> {
    const reading = await before(patience, metric.get());
    const endTime = hrTime(Date.now());
    return limitSeries(
      toOtlp(reading, { startTime, endTime, defaultLabels: defaultLabelsOf(registry) }),
    );
  }

  return {
    async collect(): Promise<Produced> {
      const own = metricsOf(registry).filter((metric) => !isProxy(metric));
      const readings = await Promise.allSettled(own.map(exported));
      const metrics = readings
        .filter((reading) => reading.status === 'fulfilled')
        .map((reading) => reading.value)
        .filter(({ dataPoints }) => dataPoints.length > 0);
      return {
        resourceMetrics: {
          scopeMetrics: [{ scope: { name: BRIDGE_SCOPE, version }, metrics }],
        },
        errors: readings
          .filter((reading) => reading.status === 'rejected')
          .map(({ reason }) => reason),
      };
    },
  };
}

function hrTime(milliseconds: number): HrTime {
  const seconds = Math.trunc(milliseconds / 1000);
  return [seconds, Math.round((milliseconds - seconds * 1000) * 1e6)];
}
