import type { Environment } from './environment.ts';
import type { PrometheusOption } from './options.ts';
import type { PrometheusSettings } from './settings.ts';

const DEFAULT_PORT = 9464;

/** Where metrics can be pulled: option, then variable, then the default of the specification. */
export function readPrometheus(
  env: Environment,
  option: PrometheusOption = {},
): PrometheusSettings {
  return {
    host: option.host ?? env.text('OTEL_EXPORTER_PROMETHEUS_HOST') ?? 'localhost',
    port: portFrom(env, option.port),
    path: pathFrom(env, option.path),
    bearerToken: option.bearerToken || undefined,
  };
}

function portFrom(env: Environment, option: number | undefined): number {
  const variable = 'OTEL_EXPORTER_PROMETHEUS_PORT';
  const port = option ?? env.count([variable], 0, DEFAULT_PORT);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  const setting = option === undefined ? variable : 'exporter.prometheus.port';
  env.report(setting, String(port), 'a port from 0 to 65535', String(DEFAULT_PORT));
  return DEFAULT_PORT;
}

function pathFrom(env: Environment, path = '/metrics'): string {
  if (path.startsWith('/')) return path;
  env.report('exporter.prometheus.path', path, 'a path that begins with /', '/metrics');
  return '/metrics';
}
