import { type Collector, startCollector } from '@org/otel-testing';
import { freePort } from '../support/free-port.ts';
import type { App } from '../support/spawn-app.ts';
import { startService } from './start-service.ts';

/** The three services, reporting to a collector of this process. */
export interface RunningChain extends AsyncDisposable {
  collector: Collector;
  /** Address of the gateway. */
  gateway: string;
  apps: Record<'gateway' | 'api-node' | 'api-python', App>;
}

/** Starts the services of the chain at once; `env` is added to what each of them gets. */
export async function startChain(env: Record<string, string> = {}): Promise<RunningChain> {
  await using starting = new AsyncDisposableStack();
  const collector = starting.use(await startCollector());
  const common = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '200',
    ...env,
  };
  const [python, node, gateway] = [await freePort(), await freePort(), await freePort()];
  const started = await Promise.allSettled([
    startService('api-python', common, python),
    startService('api-node', { ...common, API_PYTHON_URL: urlOf(python) }, node),
    startService('gateway', { ...common, API_NODE_URL: urlOf(node) }, gateway),
  ]);
  for (const each of started) if (each.status === 'fulfilled') starting.use(each.value);
  const [ofPython, ofNode, ofGateway] = started.map(fulfilled) as [App, App, App];
  const running = starting.move();
  return {
    collector,
    gateway: urlOf(gateway),
    apps: { gateway: ofGateway, 'api-node': ofNode, 'api-python': ofPython },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function fulfilled<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}
