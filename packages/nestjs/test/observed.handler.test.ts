import { Controller, Get, Inject, Param, ParseIntPipe, Scope } from '@nestjs/common';
import { type Collector, type ExpectedSpan, expectTrace, startCollector } from '@org/otel-testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ActiveSpan, init, OtelModule, type Telemetry } from '../src/index.ts';
import { rawGet } from './raw.get.ts';
import { startNest } from './start.nest.ts';

let collector: Collector;
let telemetry: Telemetry;

beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: 'shop', exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterEach(() => collector.clear());
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

@Controller('orders')
class OrdersController {
  @Get('all')
  all() {
    return [this.find(7)];
  }
  @Get('number/:id')
  number(
    @ActiveSpan() span: { setAttribute(name: string, value: boolean): void },
    @Param('id', ParseIntPipe) id: number,
  ) {
    span.setAttribute('app.seen', true);
    return id;
  }
  @Get(':id')
  find(id: number) {
    return id;
  }
}

@Controller('frozen')
class FrozenController {
  constructor() {
    Object.freeze(this);
  }
  @Get()
  find() {}
}

@Controller({ path: 'scoped', scope: Scope.REQUEST })
class ScopedController {
  @Get()
  find() {}
}

@Controller('bubbling')
class BubblingController {
  constructor(@Inject('PER_REQUEST') readonly id: object) {}
  @Get()
  find() {}
}

const perRequest = { provide: 'PER_REQUEST', scope: Scope.REQUEST, useFactory: () => ({}) };

/** The whole tree of one request: the server span, and below it the controller span alone. */
async function expectOne(url: string, route: string, controller: ExpectedSpan) {
  const { body } = await rawGet(url);
  await telemetry.forceFlush();
  await expectTrace(
    collector,
    { name: `GET ${route}`, kind: 'server', spans: [{ ...controller, spans: [] }] },
    { settle: () => telemetry.forceFlush() },
  );
  collector.clear();
  return body;
}

test('a handler that another one calls has no span of its own', async () => {
  await using nest = await startNest({ imports: [OtelModule], controllers: [OrdersController] });
  await expectOne(`${nest.url}/orders/all`, '/orders/all', { name: 'OrdersController.all' });
});

test('once the application listens, its controllers are as their class made them', async () => {
  await using nest = await startNest({ imports: [OtelModule], controllers: [OrdersController] });
  expect(Object.getOwnPropertyNames(nest.app.get(OrdersController))).toEqual([]);
});

test.each([
  ['frozen', FrozenController],
  ['scoped', ScopedController],
  ['bubbling', BubblingController],
])('a controller that cannot be observed in advance has its span: %s', async (path, metatype) => {
  const controllers = [OrdersController, metatype];
  const providers = [perRequest];
  await using nest = await startNest({ imports: [OtelModule], controllers, providers });
  await expectOne(`${nest.url}/${path}`, `/${path}`, { name: `${metatype.name}.find` });
  await expectOne(`${nest.url}/orders/all`, '/orders/all', { name: 'OrdersController.all' });
});

test('a span that a parameter takes is the one of the handler, also where a pipe refuses after it', async () => {
  await using nest = await startNest({ imports: [OtelModule], controllers: [OrdersController] });
  const route = '/orders/number/:id';
  const name = 'OrdersController.number';
  const body = await expectOne(`${nest.url}/orders/number/7`, route, {
    name,
    attributes: { 'app.seen': true },
    events: [],
  });
  expect(body).toBe('7');
  const message = 'Validation failed (numeric string is expected)';
  await expectOne(`${nest.url}/orders/number/x`, route, {
    name,
    status: 'unset',
    events: [{ name: 'exception', attributes: { 'exception.message': message } }],
  });
});
