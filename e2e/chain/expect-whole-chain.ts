import { expectLog, expectMetric, expectTrace, type TelemetryStore } from '@org/otel-testing';
import { chainOfSomething } from './chain-of-something.ts';

/** The tree, a line of each service in the span it was written in, and each service's metrics: nothing less. */
export async function expectWholeChain(store: TelemetryStore): Promise<void> {
  const now = { timeout: 0 };
  const trace = await expectTrace(store, chainOfSomething, now);
  const controller = ['GET /something', 'GET', 'GET /something', 'SomethingController.something'];
  const span = trace.span(...controller);
  await expectLog(store, { service: 'gateway', severity: 'info', span: trace.root.span }, now);
  await expectLog(
    store,
    {
      service: 'api-node',
      severity: 'info',
      severityText: 'info',
      body: 'api-node asks api-python',
      attributes: { context: 'SomethingController' },
      span,
    },
    now,
  );
  const python = trace.span(...controller, 'GET', 'GET /');
  await expectLog(store, { service: 'api-python', severity: 'info', span: python }, now);
  for (const [service, route] of Object.entries(routes)) {
    const attributes = { 'http.route': route, 'http.request.method': 'GET' };
    const duration = { name: 'http.server.request.duration', unit: 's', service, attributes };
    await expectMetric(store, { ...duration, count: 1 }, now);
  }
  // prom-client's own metrics leave over OTLP through the bridge
  await expectMetric(store, { service: 'api-node', name: /^process_cpu_seconds/ }, now);
}

const routes = { gateway: '/something', 'api-node': '/something', 'api-python': '/' };
