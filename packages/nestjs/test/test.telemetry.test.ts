import { Controller, Get, type INestApplication, Inject, Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { expectMetric } from '@org/otel-testing';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { init, OtelModule, Span } from '../src/index.ts';
import { type TestTelemetry, testTelemetry } from '../src/testing.ts';
import { rawGet } from './raw.get.ts';

@Injectable()
class Orders {
  @Span()
  async find() {
    return 'real';
  }
}

@Controller('orders')
class OrdersController {
  constructor(@Inject(Orders) private readonly orders: Orders) {}
  @Get(':id')
  find() {
    return this.orders.find();
  }
}

// Starts telemetry at once, as the file of an application does when a test imports it.
@Module({
  imports: [OtelModule.forRoot({ serviceName: 'not-this' })],
  controllers: [OrdersController],
  providers: [Orders],
})
class AppModule {}

let telemetry: TestTelemetry;
let app: INestApplication;

beforeAll(async () => {
  telemetry = await testTelemetry({ serviceName: 'shop' });
  const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
  app = module.createNestApplication({ logger: false });
  await app.listen(0, '127.0.0.1');
});
afterEach(() => telemetry.clear());
afterAll(async () => {
  await app.close();
  await telemetry.close();
});

test.each(['7', '8'])(
  'sees the whole tree of a request, and of this test alone: %s',
  async (id) => {
    expect((await rawGet(`${await app.getUrl()}/orders/${id}`)).body).toBe('real');
    const trace = await telemetry.expectTrace({
      service: 'shop',
      name: 'GET /orders/:id',
      spans: [{ name: 'OrdersController.find', spans: [{ name: 'Orders.find', spans: [] }] }],
    });
    expect(trace.root.span.attributes['url.path']).toBe(`/orders/${id}`);
    expect(telemetry.collector.store.traces()).toHaveLength(1);
    await telemetry.flush();
    await expectMetric(telemetry.collector, { name: 'http.server.request.duration' });
  },
);

test('an overridden provider is one without its span', async () => {
  const module = await Test.createTestingModule({ imports: [AppModule] })
    .overrideProvider(Orders)
    .useValue({ find: async () => 'mock' })
    .compile();
  const mocked = module.createNestApplication({ logger: false });
  await mocked.listen(0, '127.0.0.1');
  expect((await rawGet(`${await mocked.getUrl()}/orders/7`)).body).toBe('mock');
  await telemetry.expectTrace({
    name: 'GET /orders/:id',
    spans: [{ name: 'OrdersController.find', spans: [] }],
  });
  await mocked.close();
});

test('says that telemetry is switched off', async () => {
  await telemetry.close();
  vi.stubEnv('OTEL_SDK_DISABLED', 'true');
  await expect(testTelemetry()).rejects.toThrow('is OTEL_SDK_DISABLED set to true?');
  vi.unstubAllEnvs();
  expect(init().enabled).toBe(true);
  await init().shutdown();
});
