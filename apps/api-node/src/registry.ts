import { bridge } from '@org/otel-prom-bridge';
import { collectDefaultMetrics, Registry } from 'prom-client';

/** What Prometheus scrapes: prom-client's metrics and OpenTelemetry's, which both leave over OTLP too. */
export const registry = new Registry();
registry.setDefaultLabels({ service: 'node-api' });
collectDefaultMetrics({ register: registry });
bridge({ registry });
