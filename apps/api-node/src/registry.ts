import { bridge } from '@org/otel-prom-bridge';
import { collectDefaultMetrics, Registry } from 'prom-client';

/** What Prometheus scrapes: prom-client's metrics and OpenTelemetry's, which both leave over OTLP too. */
export const registry = new Registry();
registry.setDefaultLabels({ service: 'node-api' });
collectDefaultMetrics({ register: registry });

// Gauges that prom-client names like counters, which promtool refuses; the same by type stays.
for (const what of ['handles', 'requests', 'resources']) {
  registry.removeSingleMetric(`nodejs_active_${what}_total`);
}
bridge({ registry });
