import { type Collector, startCollector } from '@org/otel-testing';
import type { App } from '../support/spawn-app.ts';
import { startService } from './start-service.ts';

/** The three services, reporting to a collector of this process. */
export interface RunningChain extends AsyncDisposable {
  collector: Collector;
  /** Address of the gateway. */
  gateway: string;
  apps: Record<'gateway' | 'api-node' | 'api-python', App>;
}

/** Starts the services of the chain; `env` is added to what each of them gets. */
export async function startChain(env: Record<string, string> = {}): Promise<RunningChain> {
  await using starting = new AsyncDisposableStack();
  const collector = starting.use(await startCollector());
  const common = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '200',
    ...env,
  };
  const python = starting.use(await startService('api-python', common));
  const node = starting.use(
    await startService('api-node', { ...common, API_PYTHON_URL: urlOf(python) }),
  );
  const gateway = starting.use(
    await startService('gateway', { ...common, API_NODE_URL: urlOf(node) }),
  );
  const running = starting.move();
  return {
    collector,
    gateway: urlOf(gateway),
    apps: { gateway, 'api-node': node, 'api-python': python },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function urlOf({ port }: App): string {
  return `http://127.0.0.1:${port}`;
}
