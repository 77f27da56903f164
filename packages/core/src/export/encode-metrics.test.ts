import { startCollector } from '@org/otel-testing';
import { expect, it } from 'vitest';
import { independentTypes } from '../../../testing/test/independent.otlp.ts';
import type { MetricData, ResourceMetrics } from '../metrics/metric-model.ts';
import { jsonMetrics, protobufMetrics } from './encode-metrics.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
const exemplars = [
  { value: 0.02, time: 1_700_000_000_123, traceId, spanId, filteredAttributes: { user: 7 } },
];
const when = {
  attributes: {
    text: 'Grüße 🚀',
    yes: true,
    whole: 5,
    negative: -3,
    real: 0.5,
    list: ['a', 'b'],
    long: 'x'.repeat(20_000),
  },
  startTime: [1_700_000_000, 1] as [number, number],
  endTime: [1_700_000_060, 999_999_999] as [number, number],
};
const half = { offset: -2, bucketCounts: [1, 300, 0] };

function metric(name: string, dataPointType: number, value: unknown, more = {}): MetricData {
  return {
    descriptor: { name, description: `about ${name}`, unit: 's', valueType: 1 },
    aggregationTemporality: 1,
    dataPointType,
    dataPoints: [{ ...when, value, exemplars }],
    ...more,
  };
}

const metrics: ResourceMetrics = {
  resource: { attributes: { 'service.name': 'shop' } },
  scopeMetrics: [
    {
      scope: { name: 'made', version: '1.2.3', schemaUrl: 'https://example.com/schema' },
      metrics: [
        metric('gauge', 2, -1.5),
        metric('not-a-number', 2, Number.NaN),
        metric('sum', 3, 7, { isMonotonic: true }),
        metric('below', 3, -7, { isMonotonic: false, aggregationTemporality: 0 }),
        metric('whole', 3, -42, {
          descriptor: { name: 'whole', description: '', unit: '1', valueType: 0 },
        }),
        metric('histogram', 0, {
          count: 3,
          sum: 1.25,
          min: 0.01,
          max: 1,
          buckets: { boundaries: [0.1, 1], counts: [1, 2, 0] },
        }),
        metric('negative', 0, { count: 1, buckets: { boundaries: [], counts: [1] } }),
        metric('exponential', 1, {
          count: 301,
          sum: 9,
          scale: -1,
          zeroCount: 1,
          positive: half,
          negative: { offset: 1, bucketCounts: [2] },
        }),
        metric('summary', 4, {
          count: 10,
          sum: 5,
          quantiles: [
            { quantile: 0.5, value: 0.4 },
            { quantile: 0.99, value: 0.9 },
          ],
        }),
      ],
    },
  ],
};

const requests = [
  ['application/x-protobuf', protobufMetrics(metrics)],
  ['application/json', jsonMetrics(metrics)],
] as const;

it.each(requests)('%s arrives as it was, with exemplars and summaries', async (type, body) => {
  await using collector = await startCollector();
  const headers = { 'content-type': type };
  const answer = await fetch(`${collector.url}/v1/metrics`, { method: 'POST', headers, body });
  expect(answer.status).toBe(200);
  const arrived = collector.store.metrics();
  expect(arrived.map(({ name, type }) => [name, type])).toEqual([
    ['gauge', 'gauge'],
    ['not-a-number', 'gauge'],
    ['sum', 'sum'],
    ['below', 'sum'],
    ['whole', 'sum'],
    ['histogram', 'histogram'],
    ['negative', 'histogram'],
    ['exponential', 'exponentialHistogram'],
    ['summary', 'summary'],
  ]);
  const common = {
    attributes: when.attributes,
    startTime: 1_700_000_000_000_000_001n,
    time: 1_700_000_060_999_999_999n,
  };
  const example = {
    value: 0.02,
    time: 1_700_000_000_123_000_000n,
    traceId,
    spanId,
    attributes: { user: 7 },
  };
  for (const [index, expected] of [
    { value: -1.5, exemplars: [example] },
    { value: Number.NaN },
    { value: 7, exemplars: [example] },
    { value: -7 },
    { value: -42 },
    {
      count: 3,
      sum: 1.25,
      min: 0.01,
      max: 1,
      buckets: { bounds: [0.1, 1], counts: [1, 2, 0] },
      exemplars: [example],
    },
    { count: 1, buckets: { bounds: [], counts: [1] } },
    {
      count: 301,
      sum: 9,
      exponential: {
        scale: -1,
        zeroCount: 1,
        positive: { offset: -2, counts: [1, 300, 0] },
        negative: { offset: 1, counts: [2] },
      },
    },
    {
      count: 10,
      sum: 5,
      quantiles: [
        { quantile: 0.5, value: 0.4 },
        { quantile: 0.99, value: 0.9 },
      ],
    },
  ].entries()) {
    expect(arrived[index]?.points[0]).toMatchObject({ ...common, ...expected });
  }
  expect(arrived[6]?.points[0]).not.toHaveProperty('sum');
  expect(arrived[2]).toMatchObject({ monotonic: true, temporality: 'cumulative', unit: 's' });
  expect(arrived[3]).toMatchObject({ monotonic: false, temporality: 'delta' });
  expect(arrived[0]).toMatchObject({
    service: 'shop',
    description: 'about gauge',
    scope: { name: 'made', version: '1.2.3', schemaUrl: 'https://example.com/schema' },
  });
});

it('is what the .proto files of another project read, nothing unknown or left over', () => {
  const type = independentTypes().metrics;
  // fields that hold their default may be written or not; these metrics have none
  const full = ['gauge', 'not-a-number', 'sum', 'histogram', 'exponential', 'summary'];
  const { resource, scopeMetrics } = metrics;
  const kept = scopeMetrics.map(({ scope, metrics }) => ({
    scope,
    metrics: metrics.filter(({ descriptor }) => full.includes(descriptor.name)),
  }));
  const bytes = protobufMetrics({ resource, scopeMetrics: kept });
  const message = type.decode(bytes);
  expect(type.encode(message).finish()).toHaveLength(bytes.length);
  const read = type.toObject(message, { longs: String, bytes: Array }) as {
    resourceMetrics: [{ scopeMetrics: [{ metrics: { name: string }[] }] }];
  };
  const { metrics: all } = read.resourceMetrics[0].scopeMetrics[0];
  const histogram = all.find(({ name }) => name === 'histogram');
  expect(histogram).toMatchObject({
    name: 'histogram',
    histogram: {
      aggregationTemporality: 2,
      dataPoints: [
        {
          count: '3',
          bucketCounts: ['1', '2', '0'],
          explicitBounds: [0.1, 1],
          exemplars: [
            {
              timeUnixNano: '1700000000123000000',
              asDouble: 0.02,
              traceId: [...Buffer.from(traceId, 'hex')],
              spanId: [...Buffer.from(spanId, 'hex')],
            },
          ],
        },
      ],
    },
  });
});
