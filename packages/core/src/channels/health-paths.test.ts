import { trace } from '@opentelemetry/api';
import { expectMetric, expectTrace } from '@org/otel-testing';
import { expect, it, vi } from 'vitest';
import { ask, observe, serve } from '../../test/observe.ts';
import type { InitOptions } from '../settings/options.ts';

/** The paths of the spans that arrive when each of the paths was asked for once, and of the requests that were counted. */
async function spansOf(paths: string[], options: InitOptions = {}) {
  await using observed = await observe(options);
  const { collector, telemetry } = observed;
  await using served = await serve((_request, response) => response.end('ok'));
  for (const path of paths) await ask(`${served.url}${path}`);
  await telemetry.forceFlush();
  await expectMetric(collector, { name: 'http.server.request.duration', count: paths.length });
  return collector.store.spans().map(({ attributes }) => attributes['url.path']);
}

it('a health check begins no trace, and is counted as every request', async () => {
  const paths = ['/healthz', '/metrics?name[]=up', '/health', '/orders'];
  expect(await spansOf(paths)).toEqual(['/orders']);
});

it('a health check is traced when it is told so', async () => {
  expect(await spansOf(['/healthz', '/orders'], { healthPaths: [] })).toHaveLength(2);
});

it('rules see the method and the path of a request, and its attributes', async () => {
  vi.stubEnv(
    'OTEL_NODE_SAMPLING_RULES',
    'GET /feed/* -> drop; url.query=debug* -> drop; /health -> keep',
  );
  const paths = ['/feed/7', '/orders?debug=1', '/orders?page=2', '/health'];
  const traced = await spansOf(paths);
  vi.unstubAllEnvs();
  expect(traced).toEqual(['/orders', '/health']);
});

it('what starts inside a dropped request is dropped too, parent-based or not', async () => {
  await using observed = await observe({ sampler: { alwaysOn: {} } });
  await using served = await serve((request, response) => {
    trace.getTracer('app').startSpan(`inside ${request.url}`).end();
    response.end();
  });
  await ask(`${served.url}/health`);
  await ask(`${served.url}/orders`);
  await observed.telemetry.forceFlush();
  await expectTrace(observed.collector, { name: 'GET', spans: [{ name: 'inside /orders' }] });
  expect(observed.collector.store.spans()).toHaveLength(2);
});
