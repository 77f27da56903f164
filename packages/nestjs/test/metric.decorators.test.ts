import { SetMetadata } from '@nestjs/common';
import { type Collector, expectMetric, startCollector } from '@org/otel-testing';
import { lastValueFrom, of, throwError } from 'rxjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Counter, Histogram, init, type Telemetry } from '../src/index.ts';

// Decorated before init(), as in every application.
class Orders {
  gate = Promise.withResolvers<string>();

  @Counter('orders.sync', { unit: '{order}', attributes: { 'app.kind': 'plain' } })
  @SetMetadata('role', 'clerk')
  sync(value: number): number {
    if (value < 0) throw new RangeError('negative');
    return value;
  }
  @Counter('orders.awaited')
  @Histogram('orders.duration')
  async awaited(): Promise<string> {
    return this.gate.promise;
  }
  @Counter('orders.observed')
  observed(fails: boolean) {
    return fails ? throwError(() => new TypeError('no')) : of(1, 2);
  }
  @Counter('orders.generated')
  *generated() {
    yield 1;
    yield 2;
  }
}

let collector: Collector;
let telemetry: Telemetry;

beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: 'shop', exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

test('@Counter() counts calls, those that failed apart, and keeps the method as it is', async () => {
  const orders = new Orders();
  expect([orders.sync(1), orders.sync(2)]).toEqual([1, 2]);
  expect(() => orders.sync(-1)).toThrow('negative');
  await telemetry.forceFlush();
  const name = 'orders.sync';
  await expectMetric(collector, {
    name,
    unit: '{order}',
    value: 2,
    attributes: { 'app.kind': 'plain', 'error.type': undefined },
  });
  await expectMetric(collector, { name, value: 1, attributes: { 'error.type': 'RangeError' } });
  expect(Reflect.getMetadata('role', Orders.prototype.sync)).toBe('clerk');
  expect([Orders.prototype.sync.name, Orders.prototype.sync.length]).toEqual(['sync', 1]);
});

test('a call counts when its promise, its Observable or its generator has ended', async () => {
  const orders = new Orders();
  const pending = orders.awaited();
  orders.gate.resolve('done');
  expect(await pending).toBe('done');
  expect(await lastValueFrom(orders.observed(false))).toBe(2);
  await expect(lastValueFrom(orders.observed(true))).rejects.toThrow('no');
  orders.generated(); // nobody iterates: nothing was done
  expect([...orders.generated()]).toEqual([1, 2]);
  await telemetry.forceFlush();
  await expectMetric(collector, { name: 'orders.awaited', unit: '{call}', value: 1 });
  await expectMetric(collector, { name: 'orders.duration', unit: 's', count: 1 });
  const observed = { name: 'orders.observed', value: 1 };
  await expectMetric(collector, { ...observed, attributes: { 'error.type': undefined } });
  await expectMetric(collector, { ...observed, attributes: { 'error.type': 'TypeError' } });
  await expectMetric(collector, { name: 'orders.generated', value: 1 });
});

test('a wrong name or member is said at decoration', () => {
  expect(() => Counter('')).toThrow('@Counter(name): expected a string that is not empty');
  expect(() => Histogram('x')({}, 'field', { value: 1 } as never)).toThrow(
    '@Histogram(): expected a method, but field is none',
  );
});
