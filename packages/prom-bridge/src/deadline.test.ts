import { Gauge, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { registryProducer } from './registry-producer.ts';
import { shareScrapes } from './scrape.ts';

const never = () => new Promise<never>(() => {});

test('a prom-client metric that never answers holds up neither the export nor the other metrics', async () => {
  const registry = new Registry();
  new Gauge({ name: 'stuck', help: 'x', registers: [registry], collect: never });
  new Gauge({ name: 'fine', help: 'x', registers: [registry] }).set(7);
  const { resourceMetrics, errors } = await registryProducer(registry, 20).collect();
  const names = resourceMetrics.scopeMetrics.flatMap(({ metrics }) =>
    metrics.map((metric) => metric.descriptor.name),
  );
  expect(names).toEqual(['fine']);
  expect(errors.map(String)).toEqual(['Error: no answer within 20 ms']);
});

test.each([
  ['never answers', never],
  ['fails', () => Promise.reject(new Error('no'))],
])('when OpenTelemetry %s, a scrape goes on without it', async (_, collect) => {
  const scrape = await shareScrapes(collect, false, 20)();
  expect(scrape.parts.size).toBe(0);
});
