import { type Attributes, ROOT_CONTEXT, TraceFlags, trace, ValueType } from '@opentelemetry/api';
import {
  AggregationType,
  createDenyListAttributesProcessor,
  MeterProvider,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';
import { expect, it } from 'vitest';
import { exposition } from '../prometheus/exposition.ts';
import { AnnouncingMeterProvider } from './announcing-meter.ts';
import { ApiExemplars } from './api-exemplars.ts';
import { type ExemplarFilterName, exemplarFilters } from './exemplar-filter.ts';
import { HttpDurations } from './http-durations.ts';
import { InstrumentNews } from './instrument-news.ts';
import { MetricCollection } from './metric-collection.ts';

function start(filter: ExemplarFilterName = 'trace_based', views: ViewOptions[] = []) {
  const exemplars = new ApiExemplars(filter);
  const durations = new HttpDurations(exemplarFilters[filter]);
  const collection = new MetricCollection(durations, exemplars, new Set());
  const sdk = new MeterProvider({ readers: [collection.reader], views });
  const provider = new AnnouncingMeterProvider(sdk, new InstrumentNews(new Set()), exemplars);
  const pointsOf = async (name: string) => {
    const { scopeMetrics } = await collection.collect();
    const all = scopeMetrics.flatMap(({ metrics }) => metrics);
    return all.find(({ descriptor }) => descriptor.name === name)?.dataPoints ?? [];
  };
  return { meter: provider.getMeter('shop'), provider, collection, pointsOf };
}

/** A context in a span whose ids end with this number. */
function inSpan(number: number, traceFlags = TraceFlags.SAMPLED) {
  const traceId = String(number).padStart(32, 'a');
  const spanId = String(number).padStart(16, 'b');
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags });
}

const ids = (number: number) => ({
  traceId: String(number).padStart(32, 'a'),
  spanId: String(number).padStart(16, 'b'),
});

it('keeps one of each bucket of each series', async () => {
  const { meter, pointsOf } = start();
  const advice = { explicitBucketBoundaries: [1, 10] };
  const pay = meter.createHistogram('pay', { advice });
  for (const [index, value] of [0.5, 5, 50].entries()) {
    pay.record(value, { kind: 'card' }, inSpan(index));
    pay.record(value, { kind: 'cash' }, inSpan(index + 10));
  }
  const [card, cash] = await pointsOf('pay');
  expect(card?.exemplars).toMatchObject([
    { value: 0.5, ...ids(0) },
    { value: 5, ...ids(1) },
    { value: 50, ...ids(2) },
  ]);
  expect(cash?.exemplars).toMatchObject([
    { value: 0.5, ...ids(10) },
    { value: 5, ...ids(11) },
    { value: 50, ...ids(12) },
  ]);
  expect(card?.exemplars?.[0]).not.toHaveProperty('filteredAttributes');
});

it.each(['createCounter', 'createUpDownCounter', 'createGauge'] as const)(
  'keeps one for a series made with %s',
  async (create) => {
    const { meter, pointsOf } = start();
    const instrument = meter[create]('paid', { valueType: ValueType.INT });
    const measure = 'add' in instrument ? instrument.add : instrument.record;
    measure.call(instrument, 3.7, {}, inSpan(4));
    const [point] = await pointsOf('paid');
    expect(point?.exemplars).toMatchObject([{ value: 3, ...ids(4) }]);
    expect(Math.abs(Number(point?.exemplars?.[0]?.time) - Date.now())).toBeLessThan(60_000);
  },
);

it('gives every measurement of a bucket the same chance, and starts anew with each collection', async () => {
  const { meter, pointsOf } = start();
  const pay = meter.createHistogram('pay', { advice: { explicitBucketBoundaries: [] } });
  const found = new Map<number, number>();
  for (let round = 0; round < 2000; round++) {
    for (let n = 0; n < 4; n++) pay.record(n, {}, inSpan(n));
    const [point] = await pointsOf('pay');
    expect(point?.exemplars).toHaveLength(1);
    const value = Number(point?.exemplars?.[0]?.value);
    found.set(value, (found.get(value) ?? 0) + 1);
  }
  // 500 each; seven standard deviations
  for (let n = 0; n < 4; n++) expect(Math.abs((found.get(n) ?? 0) - 500)).toBeLessThan(140);
});

it('always looks at a rare value, however many others there are', async () => {
  const { meter, pointsOf } = start();
  const pay = meter.createHistogram('pay');
  for (let n = 0; n < 20_000; n++) pay.record(3, {}, inSpan(n));
  pay.record(9000, {}, inSpan(99));
  const [point] = await pointsOf('pay');
  expect(point?.exemplars).toHaveLength(2);
  expect(point?.exemplars?.[1]).toMatchObject({ value: 9000, ...ids(99) });
});

it('shows two readers the same', async () => {
  const { meter, pointsOf } = start();
  meter.createHistogram('pay').record(3, {}, inSpan(1));
  expect((await pointsOf('pay'))[0]?.exemplars).toEqual((await pointsOf('pay'))[0]?.exemplars);
});

it.each([
  ['trace_based', [1]],
  ['always_on', [1, 2, undefined]],
  ['always_off', []],
] as const)('%s', async (filter, expected) => {
  const { meter, pointsOf } = start(filter);
  const pay = meter.createHistogram('pay', { advice: { explicitBucketBoundaries: [1, 2] } });
  pay.record(0.5, {}, inSpan(1));
  pay.record(1.5, {}, inSpan(2, TraceFlags.NONE));
  pay.record(2.5, {}, ROOT_CONTEXT);
  const [point] = await pointsOf('pay');
  const kept = (point?.exemplars ?? []).map(({ traceId }) => traceId);
  expect(kept).toEqual(expected.map((number) => number && ids(number).traceId));
  expect(point?.value).toMatchObject({ count: 3 });
});

it('keeps the attributes that a view filters, on streams of any name and with any buckets', async () => {
  const { meter, pointsOf } = start('trace_based', [
    {
      instrumentName: 'pay',
      name: 'pay.short',
      attributesProcessors: [createDenyListAttributesProcessor(['user'])],
      aggregation: {
        type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM,
        options: { boundaries: [0.1, 0.2] },
      },
    },
    { instrumentName: 'pay', name: 'pay.whole' },
    {
      instrumentName: 'pay',
      name: 'pay.exponential',
      aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
    },
  ]);
  const pay = meter.createHistogram('pay');
  const measure = () => {
    pay.record(0.05, { kind: 'card', user: 1 }, inSpan(1));
    pay.record(0.15, { user: 2, kind: 'card' }, inSpan(2));
    pay.record(0.15, { user: 3 }, inSpan(3));
  };
  measure();
  await pointsOf('pay.short'); // the buckets are known from the first collection on
  measure();
  const points = await pointsOf('pay.short');
  const found = points.map(({ attributes, exemplars }) => ({ attributes, exemplars }));
  expect(found).toMatchObject([
    {
      attributes: { kind: 'card' },
      exemplars: [
        { value: 0.05, ...ids(1), filteredAttributes: { user: 1 } },
        { value: 0.15, ...ids(2), filteredAttributes: { user: 2 } },
      ],
    },
    { attributes: {}, exemplars: [{ ...ids(3), filteredAttributes: { user: 3 } }] },
  ]);
  expect(found[0]?.exemplars).toHaveLength(2);
  const whole = await pointsOf('pay.whole');
  expect(whole.map(({ exemplars }) => exemplars?.length)).toEqual([1, 1, 1]);
  const exponential = await pointsOf('pay.exponential');
  expect(exponential.map(({ exemplars }) => exemplars?.[0]?.value)).toEqual([0.05, 0.15, 0.15]);
});

it('takes equal instruments for one, whoever makes them', async () => {
  const { provider, pointsOf } = start();
  provider.getMeter('shop').createCounter('paid').add(1, { kind: 'card' }, inSpan(1));
  provider.getMeter('shop').createCounter('paid').add(1, { kind: 'cash' }, inSpan(2));
  const points = await pointsOf('paid');
  expect(points.map(({ exemplars }) => exemplars?.[0]?.traceId)).toEqual([
    ids(1).traceId,
    ids(2).traceId,
  ]);
});

it('leaves out what the SDK leaves out', async () => {
  const { meter, pointsOf } = start();
  const paid = meter.createCounter('paid');
  paid.add(1, {}, ROOT_CONTEXT);
  for (const bad of [-1, Number.NaN, 'x', null] as number[]) paid.add(bad, {}, inSpan(1));
  paid.add(1, null as unknown as Attributes, inSpan(2));
  const [point] = await pointsOf('paid');
  expect(point?.exemplars).toMatchObject([{ value: 1, ...ids(2) }]);
});

it('stays small with 200,000 sets of attributes, whose latest are shown at the overflow series', async () => {
  const { meter, pointsOf } = start();
  const paid = meter.createCounter('paid');
  for (let user = 0; user < 200_000; user++) paid.add(1, { user }, inSpan(user));
  const points = await pointsOf('paid');
  expect(points).toHaveLength(2000);
  const overflow = points.find(({ attributes }) => attributes['otel.metric.overflow']);
  expect(overflow?.value).toBe(200_000 - 1999);
  const [exemplar] = overflow?.exemplars ?? [];
  expect(Number(exemplar?.filteredAttributes?.['user'])).toBeGreaterThan(150_000);
  expect(exemplar).toMatchObject(ids(Number(exemplar?.filteredAttributes?.['user'])));
});

it('shows them to a scraper of OpenMetrics', async () => {
  const { meter, collection } = start();
  const advice = { explicitBucketBoundaries: [1] };
  meter.createHistogram('pay', { advice, unit: 's' }).record(0.5, {}, inSpan(1));
  meter.createCounter('paid').add(2, {}, inSpan(2));
  const text = exposition(await collection.collect(), 'openmetrics');
  const { traceId, spanId } = ids(1);
  expect(text).toContain(
    `pay_seconds_bucket{le="1.0"} 1 # {trace_id="${traceId}",span_id="${spanId}"} 0.5 `,
  );
  expect(text).toContain(`paid_total 2 # {trace_id="${ids(2).traceId}"`);
});

it.each(['createCounter', 'createHistogram'] as const)(
  'holds %s to 2,000 series over many collections, and loses nothing',
  async (create) => {
    const { meter, pointsOf } = start();
    const instrument = meter[create]('paid');
    const measure = 'add' in instrument ? instrument.add : instrument.record;
    const total = (points: { value: unknown }[]) =>
      points
        .map(({ value }) => (value as { sum?: number }).sum ?? Number(value))
        .reduce((sum, each) => sum + each, 0);
    let first: unknown[] = [];
    for (let round = 0; round < 20; round++) {
      for (let n = 0; n < 10_000; n++) {
        const user = round === 0 ? n % 1500 : round * 10_000 + n; // the limit is not reached at once
        measure.call(instrument, 1, { user });
      }
      const points = await pointsOf('paid');
      expect(points.length).toBe(round === 0 ? 1500 : 2000);
      expect(total(points)).toBe(10_000 * (round + 1));
      const now = points.slice(0, 1999).map(({ attributes }) => attributes['user']);
      if (round > 0) expect(now).toEqual(first.length > 0 ? first : now);
      if (round > 0) first = now;
      expect(points.filter(({ attributes }) => attributes['otel.metric.overflow']).length).toBe(
        round === 0 ? 0 : 1,
      );
    }
    measure.call(instrument, 5, { user: 7 });
    const known = (await pointsOf('paid')).find(({ attributes }) => attributes['user'] === 7);
    expect(total([known as { value: unknown }])).toBeGreaterThan(10);
  },
);
