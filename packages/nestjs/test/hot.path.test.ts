import { Controller, Get, Param } from '@nestjs/common';
import { context, trace } from '@opentelemetry/api';
import { startCollector } from '@org/otel-testing';
import { afterEach, expect, test, vi } from 'vitest';
import { type InitOptions, init, OtelModule } from '../src/index.ts';
import { rawGet } from './raw.get.ts';
import { startNest } from './start.nest.ts';

afterEach(() => vi.restoreAllMocks());

@Controller('orders')
class OrdersController {
  @Get(':id')
  find(@Param('id') id: string) {
    return id;
  }
}

/** How often a request of a warm application calls what costs time, in the controller's layer alone: core calls none of these. */
async function callsOfOneRequest(options: InitOptions) {
  await using stack = new AsyncDisposableStack();
  const collector = await startCollector();
  stack.defer(() => collector.close());
  const telemetry = init({ ...options, exporter: { otlpHttp: { endpoint: collector.url } } });
  stack.defer(() => telemetry.shutdown());
  const nest = stack.use(
    await startNest({ imports: [OtelModule], controllers: [OrdersController] }),
  );
  await rawGet(`${nest.url}/orders/7`);
  const spies = {
    lookUps: vi.spyOn(context, 'active'),
    tracers: vi.spyOn(trace, 'getTracer'),
    entries: vi.spyOn(context, 'with'),
  };
  const { body } = await rawGet(`${nest.url}/orders/7`);
  expect(body).toBe('7');
  return Object.fromEntries(
    Object.entries(spies).map(([name, spy]) => [name, spy.mock.calls.length]),
  );
}

test('a request that is not sampled costs a look at the active context', async () => {
  const calls = await callsOfOneRequest({ sampler: { alwaysOff: {} } });
  expect(calls).toEqual({ lookUps: 1, tracers: 0, entries: 0 });
});

test('a request that is sampled costs one span and one entry into its context', async () => {
  const calls = await callsOfOneRequest({});
  expect(calls).toEqual({ lookUps: 1, tracers: 1, entries: 1 });
});
