import { join } from 'node:path';
import { repository } from '../../tools/repository.ts';
import { freePort } from '../support/free-port.ts';
import { spawnApp } from '../support/spawn-app.ts';

const program = join(repository, 'e2e/fixtures/metrics/app.mjs');

/** The payments that every road is to show. */
export const seconds = [0.05, 0.3, 0.3, 5, 20];

/** The app of fixtures/metrics, and the trace ids of the payments made in it, in the order of `seconds`. */
export interface Pay extends AsyncDisposable {
  /** `host:port` of the application. */
  readonly address: string;
  /** `host:port` of the endpoint that core opens with OTEL_METRICS_EXPORTER=prometheus. */
  readonly pullAddress: string;
  readonly stderr: () => string;
  readonly traceIds: readonly string[];
}

export async function startPay(env: Record<string, string>): Promise<Pay> {
  const pullPort = await freePort();
  const app = await spawnApp(program, {
    env: {
      OTEL_SERVICE_NAME: 'pay',
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
      OTEL_EXPORTER_PROMETHEUS_PORT: String(pullPort),
      OTEL_METRIC_EXPORT_INTERVAL: '500',
      ...env,
    },
  });
  const address = `127.0.0.1:${app.port}`;
  const traceIds: string[] = [];
  for (const each of seconds) {
    traceIds.push(await (await fetch(`http://${address}/pay?seconds=${each}`)).text());
  }
  return {
    address,
    pullAddress: `127.0.0.1:${pullPort}`,
    stderr: () => app.stderr,
    traceIds,
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}
