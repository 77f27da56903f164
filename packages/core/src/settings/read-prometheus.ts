import type { Environment } from './environment.ts';
import { prometheusRows } from './rows-prometheus.ts';
import type { PrometheusSettings } from './settings.ts';

/** Where metrics can be pulled. */
export function readPrometheus(env: Environment): PrometheusSettings {
  return {
    host: env.read(prometheusRows.host),
    port: env.read(prometheusRows.port),
    path: env.read(prometheusRows.path),
    bearerToken: env.read(prometheusRows.bearerToken),
  };
}
