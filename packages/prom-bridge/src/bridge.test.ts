import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { metrics } from '@opentelemetry/api';
import { collectMetrics, init, setRoute, type Telemetry } from '@org/otel-core';
import { expectMetric } from '@org/otel-testing';
import { type Collector, startCollector } from '@org/otel-testing/collector';
import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type OpenMetricsContentType,
  Registry,
  Summary,
} from 'prom-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Family, parsePrometheus } from '../test/parse-prometheus.ts';
import { type Bridge, bridge } from './bridge.ts';
import { metricsHandler } from './metrics-handler.ts';

const service = 'prom-bridge';
let collector: Collector;
let telemetry: Telemetry;
let registry: Registry;
let open: Bridge | undefined;
let server: Server;
let url: string;

beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: service, exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

beforeEach(async () => {
  registry = new Registry();
  server = createServer((request, response) => {
    setRoute(
      request,
      request.url === '/prometheus/metrics' ? '/prometheus/metrics' : '/orders/:id',
    );
    if (request.url === '/prometheus/metrics') metricsHandler(registry)(request, response);
    else response.end('ok');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  open?.disconnect();
  open = undefined;
  collector.store.clear();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function connect(options: Omit<Parameters<typeof bridge>[0] & object, 'registry'> = {}): void {
  open = bridge({ registry, ...options });
}

async function scrape(): Promise<Map<string, Family>> {
  const response = await fetch(`${url}/prometheus/metrics`);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  expect(response.headers.get('content-type')).toBe(registry.contentType);
  return parsePrometheus(text);
}

/** prom-client's declarations forget that the constructor takes the content type. */
function openMetricsRegistry() {
  const opened = new Registry<OpenMetricsContentType>();
  opened.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  return opened;
}

/** Names that the last export held from the registry and from OpenTelemetry. */
async function exportedNames(): Promise<string[]> {
  collector.store.clear();
  await telemetry.forceFlush();
  return collector.store.metrics().map(({ name }) => name);
}

describe('both worlds', () => {
  test('the default metrics of prom-client and those of OpenTelemetry are on one endpoint and leave over OTLP', async () => {
    registry.setDefaultLabels({ service: 'node-api' });
    collectDefaultMetrics({ register: registry });
    connect();
    await (await fetch(`${url}/orders/7`)).text();

    const families = await scrape();
    const durations = families.get('http_server_request_duration_seconds');
    expect(durations).toMatchObject({ type: 'histogram' });
    const labels = {
      http_route: '/orders/:id',
      http_response_status_code: '200',
      service: 'node-api',
    };
    expect(
      durations?.samples.find(
        ({ name, labels: { http_route } }) =>
          name.endsWith('_count') && http_route === '/orders/:id',
      ),
    ).toMatchObject({ labels, value: 1 });
    expect(families.get('v8js_memory_heap_used_bytes')?.type).toBe('gauge');
    expect(families.get('nodejs_eventloop_time_seconds_total')?.type).toBe('counter');
    expect(families.get('nodejs_eventloop_utilization_ratio')?.samples).toHaveLength(1);
    expect(families.get('process_cpu_seconds_total')?.samples).toHaveLength(1);
    expect(families.get('target_info')?.samples[0]).toMatchObject({
      value: 1,
      labels: { service_name: service },
    });
    for (const { samples } of families.values()) {
      for (const sample of samples) expect(sample.labels['service']).toBe('node-api');
    }

    await telemetry.forceFlush();
    const fromProm = {
      service,
      scope: '@org/otel-prom-bridge',
      attributes: { service: 'node-api' },
    };
    await expectMetric(collector, {
      ...fromProm,
      name: 'process_cpu_seconds_total',
      type: 'counter',
      temporality: 'cumulative',
      unit: 's',
      description: 'Total user and system CPU time spent in seconds.',
      value: (seconds) => seconds > 0,
    });
    await expectMetric(collector, {
      ...fromProm,
      name: 'process_resident_memory_bytes',
      type: 'gauge',
      unit: 'By',
    });
    await expectMetric(collector, {
      service,
      name: 'v8js.memory.heap.used',
      type: 'upDownCounter',
      unit: 'By',
    });
    await expectMetric(collector, {
      service,
      name: 'http.server.request.duration',
      type: 'histogram',
      attributes: { 'http.route': '/orders/:id' },
      count: 1,
    });
  });

  test('nothing is counted twice: neither in one export, nor in one scrape, nor after many of both', async () => {
    new Counter({ name: 'shop_orders_total', help: 'Orders', registers: [registry] }).inc(3);
    metrics.getMeter('shop').createCounter('shop.payments').add(2);
    connect();
    for (let round = 0; round < 3; round++) {
      const names = await exportedNames();
      expect(new Set(names).size).toBe(names.length);
      expect(names).toContain('shop_orders_total');
      expect(names).toContain('shop.payments');
      expect(
        names.filter((name) => /^(http_server|v8js_|shop_payments|target_info)/.test(name)),
      ).toEqual([]);
      const families = await scrape();
      expect(families.get('shop_orders_total')?.samples).toEqual([
        { name: 'shop_orders_total', labels: {}, value: 3 },
      ]);
      expect(families.get('shop_payments_total')?.samples).toEqual([
        { name: 'shop_payments_total', labels: {}, value: 2 },
      ]);
    }
  });

  test('two registries with a bridge each do not show each other’s metrics', async () => {
    const other = new Registry();
    collectDefaultMetrics({ register: registry });
    collectDefaultMetrics({ register: other });
    new Counter({ name: 'only_other_total', help: 'x', registers: [other] }).inc();
    connect();
    using _second = bridge({ registry: other });
    expect((await scrape()).has('only_other_total')).toBe(false);
    expect(await exportedNames()).toContain('only_other_total');
  });

  test('each way can be closed', async () => {
    new Gauge({ name: 'depth', help: 'x', registers: [registry] }).set(1);
    connect({ toOtlp: false });
    expect(await exportedNames()).not.toContain('depth');
    expect((await scrape()).has('target_info')).toBe(true);
    open?.disconnect();
    connect({ toPrometheus: false });
    expect(await exportedNames()).toContain('depth');
    expect([...(await scrape()).keys()]).toEqual(['depth']);
  });

  test('after disconnect the registry is as it was and nothing of it is exported', async () => {
    const gauge = new Gauge({ name: 'depth', help: 'x', registers: [registry] });
    connect();
    open?.disconnect();
    open?.disconnect();
    expect(registry.getMetricsAsArray()).toEqual([gauge]);
    expect(await exportedNames()).not.toContain('depth');
    metrics.getMeter('shop').createCounter('too.late').add(1);
    expect(registry.getMetricsAsArray()).toEqual([gauge]);
  });
});

describe('out, over OTLP', () => {
  test('a histogram keeps its exact buckets, per label set', async () => {
    const histogram = new Histogram({
      name: 'job_seconds',
      help: 'Jobs',
      labelNames: ['queue', 'le_'],
      buckets: [0.1, 1, 5],
      registers: [registry],
    });
    for (const value of [0.1, 0.5, 0.7, 3, 30]) histogram.observe({ queue: 'a' }, value);
    histogram.observe({ queue: 'b' }, 2);
    connect();
    await telemetry.forceFlush();
    await expectMetric(collector, {
      name: 'job_seconds',
      unit: 's',
      type: 'histogram',
      attributes: { queue: 'a' },
      count: 5,
      sum: 34.3,
      buckets: { bounds: [0.1, 1, 5], counts: [1, 2, 1, 1] },
    });
    const { metric } = await expectMetric(collector, {
      name: 'job_seconds',
      attributes: { queue: 'b' },
      count: 1,
      sum: 2,
      buckets: { bounds: [0.1, 1, 5], counts: [0, 0, 1, 0] },
    });
    expect(metric.points).toHaveLength(2);
  });

  test('a counter counts from the start of the process, label by label', async () => {
    const counter = new Counter({
      name: 'sent_bytes_total',
      help: 'Sent',
      labelNames: ['to', 'code'],
      registers: [registry],
    });
    counter.inc({ to: 'a', code: 200 }, 5);
    counter.inc({ to: 'b' });
    connect();
    await telemetry.forceFlush();
    const { point } = await expectMetric(collector, {
      name: 'sent_bytes_total',
      unit: 'By',
      type: 'counter',
      attributes: { to: 'a', code: '200' },
      value: 5,
    });
    expect(Number(point.startTime / 1_000_000n)).toBe(Math.trunc(performance.timeOrigin));
    expect(point.time).toBeGreaterThan(point.startTime);
    await expectMetric(collector, { name: 'sent_bytes_total', attributes: { to: 'b' }, value: 1 });
  });

  test('a summary arrives as one, with its quantiles, its count and its sum', async () => {
    const summary = new Summary({
      name: 'wait_seconds',
      help: 'Waits',
      percentiles: [0.5],
      registers: [registry],
    });
    for (const value of [1, 2, 3]) summary.observe(value);
    connect();
    await telemetry.forceFlush();
    await expectMetric(collector, {
      name: 'wait_seconds',
      unit: 's',
      type: 'summary',
      count: 3,
      sum: 6,
      quantiles: [{ quantile: 0.5, value: 2 }],
    });
  });

  test('a metric with too many series leaves as 2,000 and one for the rest, and is warned about by name', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const labelled = { help: 'x', labelNames: ['user'], registers: [registry] };
    const counter = new Counter({ name: 'runaway_total', ...labelled });
    const gauge = new Gauge({ name: 'runaway', ...labelled });
    const histogram = new Histogram({ name: 'runaway_seconds', buckets: [1, 2], ...labelled });
    const summary = new Summary({ name: 'runaway_wait', percentiles: [0.5], ...labelled });
    for (let user = 0; user < 2100; user++) {
      const labels = { user: `u${user}` };
      counter.inc(labels, 2);
      gauge.set(labels, user);
      histogram.observe(labels, 1.5);
      summary.observe(labels, 3);
    }
    connect();
    await telemetry.forceFlush();
    const sentences = said.mock.calls.map(([text]) => String(text));
    said.mockRestore();
    const overflow = { attributes: { 'otel.metric.overflow': true } };
    const { metric } = await expectMetric(collector, {
      name: 'runaway_total',
      value: 200,
      ...overflow,
    });
    expect(metric.points).toHaveLength(2001);
    await expectMetric(collector, { name: 'runaway', value: 2099, ...overflow });
    const buckets = { bounds: [1, 2], counts: [0, 100, 0] };
    await expectMetric(collector, {
      name: 'runaway_seconds',
      count: 100,
      sum: 150,
      buckets,
      ...overflow,
    });
    await expectMetric(collector, {
      name: 'runaway_wait',
      count: 100,
      sum: 300,
      quantiles: [],
      ...overflow,
    });
    expect(sentences.filter((text) => text.includes('metric runaway_total has'))).toHaveLength(1);
  });

  test('a metric whose collect throws, or that is not a number yet, leaves the others alone', async () => {
    new Gauge({
      name: 'broken',
      help: 'x',
      registers: [registry],
      collect() {
        throw new Error('no');
      },
    });
    new Gauge({ name: 'not_yet', help: 'x', registers: [registry] }).set(Number.NaN);
    new Gauge({ name: 'fine', help: 'x', registers: [registry] }).set(7);
    connect();
    await telemetry.forceFlush();
    await expectMetric(collector, { name: 'fine', value: 7 });
    const arrived = collector.store.metrics().map(({ name }) => name);
    expect(arrived).not.toContain('not_yet');
    expect(arrived).not.toContain('broken');
  });

  test('reading the registry changes nothing in it', async () => {
    registry.setDefaultLabels({ service: 'one' });
    new Counter({ name: 'x_total', help: 'x', registers: [registry] }).inc();
    connect();
    await telemetry.forceFlush();
    registry.setDefaultLabels({ service: 'two' });
    expect((await scrape()).get('x_total')?.samples[0]?.labels).toEqual({ service: 'two' });
  });
});

describe('in, to the registry', () => {
  test('instruments show up as they are made, with exact buckets and valid labels', async () => {
    connect();
    const meter = metrics.getMeter('shop', '2.0');
    const histogram = meter.createHistogram('checkout.time', {
      unit: 'ms',
      description: 'Time at the till\nper "basket"',
      advice: { explicitBucketBoundaries: [10, 20] },
    });
    for (const value of [5, 10, 15, 99]) histogram.record(value, { 'shop.name': 'a "b"\\\n' });
    meter.createUpDownCounter('carts.open', { unit: '{cart}' }).add(-2);
    const families = await scrape();
    const labels = { shop_name: 'a "b"\\\n' };
    expect(families.get('checkout_time_milliseconds')).toEqual({
      name: 'checkout_time_milliseconds',
      help: 'Time at the till\\nper "basket"',
      type: 'histogram',
      samples: [
        { name: 'checkout_time_milliseconds_bucket', labels: { ...labels, le: '10' }, value: 2 },
        { name: 'checkout_time_milliseconds_bucket', labels: { ...labels, le: '20' }, value: 3 },
        { name: 'checkout_time_milliseconds_bucket', labels: { ...labels, le: '+Inf' }, value: 4 },
        { name: 'checkout_time_milliseconds_sum', labels, value: 129 },
        { name: 'checkout_time_milliseconds_count', labels, value: 4 },
      ],
    });
    expect(families.get('carts_open')).toMatchObject({ type: 'gauge', samples: [{ value: -2 }] });
  });

  test('one collection serves a whole scrape, and each scrape has its own', async () => {
    let collections = 0;
    const gauge = metrics.getMeter('shop').createObservableGauge('collections');
    gauge.addCallback((result) => result.observe(++collections));
    connect();
    const before = collections;
    for (let i = 1; i <= 3; i++) {
      expect((await scrape()).get('collections')?.samples[0]?.value).toBe(before + i);
    }
    await Promise.all([registry.metrics(), registry.getMetricsAsJSON()]);
  });

  test('scope labels by option', async () => {
    metrics.getMeter('scoped', '1.2.3').createCounter('scoped.things').add(1);
    connect({ scopeLabels: true });
    expect((await scrape()).get('scoped_things_total')?.samples[0]?.labels).toEqual({
      otel_scope_name: 'scoped',
      otel_scope_version: '1.2.3',
    });
  });

  test('the same name in two scopes is one family', async () => {
    metrics.getMeter('a').createCounter('twice.made').add(1, { from: 'a' });
    metrics.getMeter('b').createCounter('twice.made').add(2, { from: 'b' });
    connect();
    const { samples = [] } = (await scrape()).get('twice_made_total') ?? {};
    expect(samples.map(({ labels, value }) => [labels['from'], value])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  test('a name the application takes, before or after, stays the application’s', async () => {
    metrics.getMeter('shop').createCounter('taken.before').add(1);
    metrics.getMeter('shop').createCounter('taken.after').add(1);
    new Counter({ name: 'taken_before_total', help: 'x', registers: [registry] }).inc(10);
    connect();
    new Counter({ name: 'taken_after_total', help: 'x', registers: [registry] }).inc(20);
    const families = await scrape();
    const value = (name: string) => families.get(name)?.samples[0]?.value;
    expect(value('taken_before_total')).toBe(10);
    expect(value('taken_after_total')).toBe(20);
    expect(value('otel_taken_before_total')).toBe(1);
    expect(value('otel_taken_after_total')).toBe(1);
  });

  test('an OpenMetrics registry gets its own spelling', async () => {
    const own = openMetricsRegistry();
    metrics.getMeter('shop').createCounter('om.things').add(4);
    using _bridge = bridge({ registry: own });
    for (let i = 0; i < 2; i++) {
      const text = await own.metrics();
      expect(text).toContain('# TYPE om_things counter\nom_things_total 4\n');
      expect(text.endsWith('# EOF\n')).toBe(true);
      parsePrometheus(text);
    }
  });

  test('the other doors of a registry still work', async () => {
    connect();
    registry.resetMetrics();
    const json = await registry.getMetricsAsJSON();
    expect(json.map(({ name }) => name)).toContain('target_info');
    await Registry.merge([registry, new Registry()]).metrics();
    registry.clear();
    open?.disconnect();
    expect(registry.getMetricsAsArray()).toEqual([]);
  });
});

describe('metricsHandler', () => {
  test('answers HEAD without a body and other methods with 405', async () => {
    const head = await fetch(`${url}/prometheus/metrics`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    const post = await fetch(`${url}/prometheus/metrics`, { method: 'POST' });
    expect(post.status).toBe(405);
    expect(post.headers.get('allow')).toBe('GET, HEAD');
  });

  test('says why when a metric cannot be read', async () => {
    new Gauge({
      name: 'broken',
      help: 'x',
      registers: [registry],
      collect() {
        throw new Error('the disk is gone');
      },
    });
    const response = await fetch(`${url}/prometheus/metrics`);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('metrics: Error: the disk is gone\n');
  });
});

test('without init() the registry shows what it had, and a later init() is picked up', async () => {
  await telemetry.shutdown();
  new Gauge({ name: 'depth', help: 'x', registers: [registry] }).set(1);
  connect();
  expect(await collectMetrics()).toBeUndefined();
  expect((await scrape()).get('depth')?.samples[0]?.value).toBe(1);

  telemetry = init({ serviceName: service, exporter: { otlpHttp: { endpoint: collector.url } } });
  expect((await scrape()).get('v8js_memory_heap_used_bytes')?.samples.length).toBeGreaterThan(0);
  await telemetry.forceFlush();
  await expectMetric(collector, { name: 'depth', value: 1 });
});
