import { expect, test } from 'vitest';
import { batchOf, madeTraceId, metricOf } from '../../test/telemetry.ts';
import { createStore } from '../store/telemetry.store.ts';
import type { Metric } from '../telemetry.ts';
import { type ExpectedMetric, expectMetric } from './expect.metric.ts';

const exemplar = {
  value: 0.4,
  time: 1n,
  traceId: madeTraceId,
  spanId: '00f067aa0ba902b7',
  attributes: { user: 'a' },
};
const duration = metricOf({
  service: 'api',
  name: 'http.server.request.duration',
  unit: 's',
  description: 'How long',
  type: 'histogram',
  temporality: 'cumulative',
  points: [
    {
      attributes: { 'http.route': '/a' },
      count: 1,
      sum: 0.1,
      buckets: { bounds: [0.5], counts: [1, 0] },
    },
    {
      attributes: { 'http.route': '/b' },
      count: 3,
      sum: 1.5,
      min: 0.1,
      max: 1,
      buckets: { bounds: [0.5], counts: [2, 1] },
      exemplars: [{ ...exemplar, value: 9, spanId: '' }, exemplar],
    },
  ],
});
const orders = metricOf({
  name: 'orders',
  type: 'sum',
  monotonic: true,
  temporality: 'delta',
  points: [{ value: 3 }],
});
const open = metricOf({
  name: 'open',
  type: 'sum',
  monotonic: false,
  temporality: 'cumulative',
  points: [{ value: -2 }],
});
const summary = metricOf({
  name: 'gc',
  type: 'summary',
  points: [{ count: 2, sum: 3, quantiles: [{ quantile: 0.5, value: 1 }] }],
});

function storeOf(...metrics: Metric[]) {
  const store = createStore();
  store.add(batchOf({ metrics }));
  return store;
}
const all = storeOf(duration, orders, open, summary);

test('it waits until the value is as stated, and returns the metric with the point', async () => {
  const store = storeOf(orders);
  const found = expectMetric(store, { name: 'orders', value: 4 });
  store.add(batchOf({ metrics: [metricOf({ ...orders, points: [{ value: 4 }] })] }));
  expect(await found).toMatchObject({ metric: { name: 'orders' }, point: { value: 4 } });
});

test('attributes choose the point', async () => {
  const { point } = await expectMetric(
    all,
    { name: /duration$/, attributes: { 'http.route': '/b' } },
    { timeout: 0 },
  );
  expect(point.count).toBe(3);
});

test.each<ExpectedMetric>([
  {
    name: /^http/,
    unit: 's',
    description: 'How long',
    type: 'histogram',
    temporality: 'cumulative',
    service: 'api',
    scope: 'made',
    resource: { 'service.name': 'api' },
  },
  { name: /^http/, count: (count) => count > 2, sum: 1.5, min: 0.1, max: 1 },
  { name: /^http/, count: 3, buckets: { bounds: [0.5], counts: [2, 1] } },
  {
    name: /^http/,
    exemplar: {
      value: 0.4,
      traceId: madeTraceId,
      spanId: '00f067aa0ba902b7',
      attributes: { user: 'a' },
    },
  },
  { name: /^http/, exemplar: {} },
  { name: 'orders', type: 'counter', temporality: 'delta', value: 3 },
  { name: 'orders', type: 'sum' },
  { name: 'open', type: 'upDownCounter', value: -2 },
  { name: 'gc', type: 'summary', quantiles: [{ quantile: 0.5, value: 1 }] },
])('%o matches', async (expected) => {
  await expectMetric(all, expected, { timeout: 0 });
});

const b = { name: 'http.server.request.duration', attributes: { 'http.route': '/b' } };
test.each<[string, ExpectedMetric]>([
  ['name: expected "order", got "orders"', { name: 'order', value: 3 }],
  ['unit: expected "ms", got "s"', { ...b, unit: 'ms' }],
  ['description: expected "", got "How long"', { ...b, description: '' }],
  ['type: expected "gauge", got "histogram"', { ...b, type: 'gauge' }],
  ['type: expected "upDownCounter", got "counter"', { name: 'orders', type: 'upDownCounter' }],
  ['type: expected "counter", got "upDownCounter"', { name: 'open', type: 'counter' }],
  ['temporality: expected "delta", got "cumulative"', { ...b, temporality: 'delta' }],
  ['service: expected "gateway", got "api"', { ...b, service: 'gateway' }],
  ['scope: expected "", got "made"', { ...b, scope: '' }],
  ['resource["host.name"]: expected "x", absent', { ...b, resource: { 'host.name': 'x' } }],
  ['value: expected 4, got 3', { name: 'orders', value: 4 }],
  ['value: the point has none', { ...b, value: 3 }],
  ['count: expected 4, got 3', { ...b, count: 4 }],
  ['sum: expected [sum], got 1.5', { ...b, sum: (sum) => sum > 2 }],
  ['min: expected 0, got 0.1', { ...b, min: 0 }],
  ['max: expected 2, got 1', { ...b, max: 2 }],
  ['buckets.counts: expected [1, 2], got [2, 1]', { ...b, buckets: { counts: [1, 2] } }],
  ['buckets.bounds: expected [1], got [0.5]', { ...b, buckets: { bounds: [1] } }],
  [
    'quantiles: expected [{ quantile=0.9 value=1 }], got [{ quantile=0.5 value=1 }]',
    { name: 'gc', quantiles: [{ quantile: 0.9, value: 1 }] },
  ],
  [
    'exemplar.value: expected 0.5, got 0.4',
    { ...b, exemplar: { value: 0.5, spanId: '00f067aa0ba902b7', traceId: madeTraceId } },
  ],
  [
    'exemplar.spanId: expected "00", got "00f067aa0ba902b7"',
    { ...b, exemplar: { value: 0.4, spanId: '00' } },
  ],
  [
    'exemplar.attributes["user"]: expected "b", got "a"',
    { ...b, exemplar: { value: 0.4, attributes: { user: 'b' } } },
  ],
  ['exemplar: the point has none', { name: 'orders', exemplar: {} }],
])('it fails: %s', async (difference, expected) => {
  const message = await expectMetric(all, expected, { timeout: 0 }).then(
    () => 'it should have failed',
    (error: Error) => error.message,
  );
  const first = message.split('\n').find((line) => line.startsWith('  !'));
  expect(first).toBe(`  ! ${difference}`);
});

test('the message says when there is nothing, and shows the closest points', async () => {
  await expect(expectMetric(createStore(), { name: 'orders' }, { timeout: 0 })).rejects.toThrow(
    'expectMetric: the expected data point did not arrive within 0 ms\nno data point arrived',
  );
  const message = await expectMetric(all, { name: 'orders', value: 4 }, { timeout: 0 }).catch(
    (error: Error) => error.message,
  );
  expect(message).toMatchInlineSnapshot(`
    "expectMetric: the expected data point did not arrive within 0 ms
    closest of 5 data points that arrived (! differs):
      shop  orders  sum, delta, monotonic
         3
      ! value: expected 4, got 3
      api  http.server.request.duration (s)  histogram, cumulative
         count=1 sum=0.1  http.route="/a"
      ! name: expected "orders", got "http.server.request.duration"
      ! value: the point has none
      api  http.server.request.duration (s)  histogram, cumulative
         count=3 sum=1.5 min=0.1 max=1  http.route="/b"
      ! name: expected "orders", got "http.server.request.duration"
      ! value: the point has none
      shop  open  sum, cumulative
         -2
      ! name: expected "orders", got "open"
      ! value: expected 4, got -2
      shop  gc  summary
         count=2 sum=3
      ! name: expected "orders", got "gc"
      ! value: the point has none
    arrived in all: 0 traces (0 spans), 0 log records, 4 metrics"
  `);
});
