import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { metrics, trace } from '@opentelemetry/api';
import { collectMetrics, init } from '@org/otel-core';
import { startCollector } from '@org/otel-testing/collector';
import { Counter, Histogram, Registry } from 'prom-client';
import { expect, test, vi } from 'vitest';
import { hostile, hostileArguments, random, trap } from '../../core/test/hostile.ts';
import { bridge } from './bridge.ts';
import { metricsHandler } from './metrics-handler.ts';
import { tracedCounter } from './traced-counter.ts';
import { tracedHistogram } from './traced-histogram.ts';

const CALLS = process.env['OTEL_TEST_FULL'] === '1' ? 100_000 : 5000;

const configuration = { name: 'work', help: 'Work', labelNames: ['kind', 'of'] };

type Call<M = never> = (metric: M, given: never[]) => unknown;

/** Each method that an application calls while it runs. */
const ofCounter: readonly Call<Counter>[] = [
  (counter, given) => counter.inc(...(given as [])),
  (counter, given) => counter.labels(...given).inc(...(given.slice(1) as [])),
  (counter, given) => counter.remove(...given),
];
const ofHistogram: readonly Call<Histogram>[] = [
  (histogram, given) => histogram.observe(...(given as unknown as [number])),
  (histogram, given) => histogram.startTimer(...(given as []))(...(given.slice(1) as [])),
  (histogram, given) => histogram.labels(...given).observe(...(given.slice(1) as [never])),
  (histogram, given) => histogram.remove(...given),
  (histogram, given) => histogram.zero(...(given as [never])),
];

/** What became of a call. */
function outcomeOf(call: Call, metric: unknown, given: never[]): string {
  try {
    call(metric as never, given);
    return 'taken';
  } catch {
    return 'refused';
  }
}

test.each([
  ['tracedCounter()', tracedCounter, Counter, ofCounter],
  ['tracedHistogram()', tracedHistogram, Histogram, ofHistogram],
] as const)(
  `${CALLS} calls of %s with hostile arguments: 0 throws but prom-client's own`,
  async (_name, make, Plain, calls) => {
    await using collector = await startCollector();
    await using _telemetry = init({ exporter: { otlpHttp: { endpoint: collector.url } } });
    const [ours, theirs] = [new Registry(), new Registry()];
    const traced = make({ ...configuration, registers: [ours] });
    const plain = new Plain({ ...configuration, registers: [theirs] });
    const any = hostileArguments(30);
    const draw = random(31);
    for (let n = 0; n < CALLS; n++) {
      const labels = { kind: any(), of: any() } as never;
      const given = [draw() < 0.5 ? labels : any(), any(), any()].slice(0, 1 + (n % 3));
      const call = calls[n % calls.length] as Call;
      trace.getTracer('app').startActiveSpan('work', (span) => {
        expect(outcomeOf(call, traced, given), String(n)).toBe(outcomeOf(call, plain, given));
        span.end();
      });
    }
    traced.reset();
  },
  600_000,
);

/** What a metric that anybody may have registered tells, at its worst. */
function badReading(any: () => never, name: string, n: number) {
  const types = ['counter', 'gauge', 'histogram', 'summary'];
  const value = { value: any(), labels: any(), metricName: any(), exemplar: any() };
  return { name, help: any(), type: n % 5 ? types[n % 5] : any(), values: n % 3 ? [value] : any() };
}

test('1,000 metrics that tell hostile values, reject or throw: the good ones are exported and shown', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await using collector = await startCollector();
  await using telemetry = init({ exporter: { otlpHttp: { endpoint: collector.url } } });
  const registry = new Registry();
  using _open = bridge({ registry });
  const any = hostileArguments(32);
  new Counter({ name: 'good_total', help: 'Good', registers: [registry] }).inc(7);
  const bad = Array.from({ length: 1000 }, (_, n) => {
    const name = `bad_${n}`;
    return { name, get: async () => badReading(any, name, n) };
  });
  const worse = [
    { name: 'worse_1', get: () => Promise.reject(any()) },
    { name: 'worse_2', get: trap },
    { name: 'worse_3', get: any },
  ];
  for (const metric of [...bad, ...worse]) registry.registerMetric(metric as never);
  await collectMetrics();
  await telemetry.forceFlush();
  vi.restoreAllMocks();
  const good = collector.store.metrics().find(({ name }) => name === 'good_total');
  expect(good?.points[0]).toMatchObject({ value: 7 });
});

function throwing(value: unknown): never {
  throw value;
}

function registryWith(properties: object): Registry {
  const descriptors = Object.entries(properties).map(([name, value]) => [name, { value }]);
  return Object.defineProperties(new Registry(), Object.fromEntries(descriptors));
}

/** A server of the application's own around the handler; a throw of the handler would be its end. */
async function answerOf(broken: object): Promise<number> {
  const serve = metricsHandler(registryWith(broken));
  const server: Server = createServer((request, response) => {
    try {
      serve(request, response);
    } catch {
      response.writeHead(599).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    signal: AbortSignal.timeout(10_000),
  });
  await response.text();
  server.closeAllConnections();
  server.close();
  return response.status;
}

test('metricsHandler() of a registry that fails in every way: an answer each time, 0 throws, 0 rejections', async () => {
  const contentType = Registry.PROMETHEUS_CONTENT_TYPE;
  for (const value of hostile) {
    const ways = [
      { contentType, metrics: () => Promise.reject(value) },
      {
        contentType,
        metrics: () =>
          (() => {
            throw value;
          })(),
      },
      { contentType, metrics: () => throwing(value) },
      { contentType, metrics: async () => value },
      { contentType, metrics: () => value },
      { contentType: value, metrics: async () => 'fine' },
    ];
    for (const way of ways) expect([200, 500]).toContain(await answerOf(way));
  }
});

test.each([
  ['bridge(options)', (value: never) => bridge(value).disconnect()],
  ['bridge({ registry })', (registry: never) => bridge({ registry }).disconnect()],
  ['metricsHandler(registry)', (registry: never) => void metricsHandler(registry)],
])('%s with a hostile value: taken, or refused with its name', (_name, call) => {
  for (const value of hostile) {
    try {
      call(value as never);
    } catch (error) {
      expect(`${error}`).toMatch(/^(TypeError: (bridge|metricsHandler)\(|Error: trap$)/);
    }
  }
});

test('an instrument of a hostile name and unit beside the registry: 0 throws, the registry is served', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await using collector = await startCollector();
  await using _telemetry = init({ exporter: { otlpHttp: { endpoint: collector.url } } });
  const registry = new Registry();
  using _open = bridge({ registry });
  const any = hostileArguments(33);
  for (let n = 0; n < 1000; n++) {
    metrics.getMeter('app').createCounter(any(), { description: any(), unit: any() }).add(1, any());
  }
  new Counter({ name: 'good_total', help: 'Good', registers: [registry] }).inc(7);
  expect(await registry.metrics()).toContain('good_total 7');
  vi.restoreAllMocks();
});
