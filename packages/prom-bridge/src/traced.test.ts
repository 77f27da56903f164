import { createServer } from 'node:http';
import { context, trace } from '@opentelemetry/api';
import { init, type Telemetry } from '@org/otel-core';
import { expectMetric } from '@org/otel-testing';
import { type Collector, startCollector } from '@org/otel-testing/collector';
import { Counter, Histogram, type OpenMetricsContentType, Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { bridge } from './bridge.ts';
import type { PromRegistry } from './prom-registry.ts';
import { tracedCounter } from './traced-counter.ts';
import { tracedHistogram } from './traced-histogram.ts';

let collector: Collector;
let telemetry: Telemetry;

beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: 'traced', exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterEach(() => {
  vi.unstubAllEnvs();
  collector.store.clear();
});
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

function openMetricsRegistry() {
  const opened = new Registry<OpenMetricsContentType>();
  opened.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  return opened;
}

/** Runs it in a span and gives the span's ids as an OpenMetrics line shows them. */
function inSpan(work: () => void): { ids: string; traceId: string; spanId: string } {
  return trace.getTracer('test').startActiveSpan('work', (span) => {
    work();
    span.end();
    const { traceId, spanId } = span.spanContext();
    return { ids: `# {trace_id="${traceId}",span_id="${spanId}"}`, traceId, spanId };
  });
}

const lines = async (registry: PromRegistry, name: string) =>
  (await registry.metrics()).split('\n').filter((line) => line.startsWith(name));

const at = expect.stringMatching(/ 1\d{9}(\.\d+)?$/);

describe('tracedHistogram', () => {
  const buckets = [1, 2];

  test('is prom-client’s histogram: the same calls give the same figures', async () => {
    const [ours, theirs] = [new Registry(), new Registry()];
    const configuration = { name: 'work', help: 'Work', labelNames: ['kind', 'of'], buckets };
    const traced = tracedHistogram({ ...configuration, registers: [ours] });
    const plain = new Histogram({ ...configuration, registers: [theirs] });
    expect(traced).toBeInstanceOf(Histogram);
    inSpan(() => {
      for (const histogram of [traced, plain]) {
        histogram.observe({ kind: 'a', of: 'x' }, 0.5);
        histogram.observe({ of: 'x', kind: 'a' }, 3);
        histogram.labels('a', 'y').observe(1.5);
        histogram.labels({ kind: 'b' }).observe(1.5);
        histogram.zero({ kind: 'z' });
        histogram.observe({ kind: 'gone' }, 1);
        histogram.remove({ kind: 'gone' });
        expect(() => histogram.observe({ unknown: 'label' } as never, 1)).toThrow();
        expect(() => histogram.observe({ kind: 'a' }, Number.NaN)).toThrow();
      }
    });
    expect(await ours.metrics()).toBe(await theirs.metrics());
    traced.reset();
    plain.reset();
    expect(await ours.metrics()).toBe(await theirs.metrics());
  });

  test('shows the span of each bucket in OpenMetrics, whichever way it was called', async () => {
    const registry = openMetricsRegistry();
    const histogram = tracedHistogram({
      name: 'work',
      help: 'Work',
      labelNames: ['kind'],
      buckets,
      registers: [registry],
    });
    inSpan(() => histogram.observe({ kind: 'a' }, 0.5));
    const low = inSpan(() => histogram.labels('a').observe(0.75));
    const timed = inSpan(() => void histogram.startTimer({ kind: 'b' })());
    const high = inSpan(() => histogram.observe({ kind: 'a' }, 7));
    histogram.observe({ kind: 'a' }, 0.1); // outside any span: the exemplar stays
    const text = await lines(registry, 'work_bucket');
    expect(text.filter((line) => line.includes('kind="a"'))).toEqual([
      expect.stringContaining(`le="1",kind="a"} 3 ${low.ids} 0.75 1`),
      expect.stringMatching(/le="2",kind="a"\} 3$/),
      expect.stringContaining(`le="+Inf",kind="a"} 4 ${high.ids} 7 1`),
    ]);
    expect(text[0]).toEqual(at);
    expect(text.find((line) => line.includes('le="1",kind="b"'))).toContain(timed.ids);
    histogram.reset();
    histogram.observe({ kind: 'a' }, 0.5);
    expect((await lines(registry, 'work_bucket')).join()).not.toContain('#');
  });

  test('leaves over OTLP with its exemplars, from a registry of either format', async () => {
    for (const registry of [new Registry(), openMetricsRegistry()]) {
      collector.store.clear();
      const histogram = tracedHistogram({
        name: 'work',
        help: 'x',
        buckets,
        registers: [registry],
      });
      const { traceId, spanId } = inSpan(() => histogram.observe(1.5));
      using _bridge = bridge({ registry });
      await telemetry.forceFlush();
      const { point } = await expectMetric(collector, {
        name: 'work',
        type: 'histogram',
        count: 1,
        exemplar: { traceId, spanId, value: 1.5, attributes: {} },
      });
      expect(point.exemplars).toHaveLength(1);
      const age = Date.now() - Number((point.exemplars[0]?.time ?? 0n) / 1_000_000n);
      expect(age).toBeLessThan(60_000);
    }
  });
});

describe('tracedCounter', () => {
  test('is prom-client’s counter: the same calls give the same figures', async () => {
    const [ours, theirs] = [new Registry(), new Registry()];
    const configuration = { name: 'done_total', help: 'Done', labelNames: ['kind'] };
    const traced = tracedCounter({ ...configuration, registers: [ours] });
    const plain = new Counter({ ...configuration, registers: [theirs] });
    expect(traced).toBeInstanceOf(Counter);
    inSpan(() => {
      for (const counter of [traced, plain]) {
        counter.inc({ kind: 'a' });
        counter.inc({ kind: 'a' }, 3);
        counter.labels('b').inc(2);
        counter.labels({ kind: 'c' }).inc();
        counter.inc({ kind: 'gone' });
        counter.remove('gone');
        counter.inc();
        counter.inc(4);
        expect(() => counter.inc({ kind: 'a' }, -1)).toThrow();
      }
    });
    expect(await ours.metrics()).toBe(await theirs.metrics());
  });

  test('shows the span that counted last, in OpenMetrics and over OTLP', async () => {
    const registry = openMetricsRegistry();
    const counter = tracedCounter({
      name: 'done',
      help: 'Done',
      labelNames: ['kind'],
      registers: [registry],
    });
    inSpan(() => counter.inc({ kind: 'a' }));
    const { ids, traceId, spanId } = inSpan(() => counter.labels('a').inc(3));
    expect(await lines(registry, 'done_total')).toEqual([
      expect.stringContaining(`done_total{kind="a"} 4 ${ids} 3 1`),
    ]);
    using _bridge = bridge({ registry });
    await telemetry.forceFlush();
    await expectMetric(collector, {
      name: 'done',
      value: 4,
      exemplar: { traceId, spanId, value: 3 },
    });
  });

  test.each([
    ['trace_based', false],
    ['always_off', false],
    ['Always_On', true],
  ])('an unsampled span with %s: %s', async (filter, shown) => {
    vi.stubEnv('OTEL_METRICS_EXEMPLAR_FILTER', filter);
    const registry = openMetricsRegistry();
    const counter = tracedCounter({ name: 'done', help: 'Done', registers: [registry] });
    const ids = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 0 };
    const unsampled = trace.setSpanContext(context.active(), ids);
    context.with(unsampled, () => counter.inc());
    expect((await lines(registry, 'done_total')).join().includes('#')).toBe(shown);
  });
});

test('OpenTelemetry’s exemplars show in an OpenMetrics registry, prom-client’s own leave over OTLP', async () => {
  const registry = openMetricsRegistry();
  const traceId = 'c'.repeat(32);
  const own = new Histogram({
    name: 'own',
    help: 'x',
    buckets: [1],
    enableExemplars: true,
    registers: [registry],
  });
  const labelSet = { traceId, spanId: 'd'.repeat(16), user: 'u7' };
  own.observe({ labels: {}, value: 0.5, exemplarLabels: labelSet } as never);
  using _bridge = bridge({ registry });
  const server = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await (await fetch(`http://127.0.0.1:${port}`)).text();
  server.closeAllConnections();
  server.close();
  const durations = await vi.waitFor(async () => {
    const text = await lines(registry, 'http_server_request_duration_seconds_bucket');
    expect(text.length).toBeGreaterThan(0);
    return text;
  });
  expect(durations.join('\n')).toMatch(/# \{trace_id="[0-9a-f]{32}",span_id="[0-9a-f]{16}"\} 0\./);
  await telemetry.forceFlush();
  await expectMetric(collector, {
    name: 'own',
    exemplar: { traceId, spanId: 'd'.repeat(16), value: 0.5, attributes: { user: 'u7' } },
  });
});
