import { type Span, TraceFlags, trace } from '@opentelemetry/api';
import type { Histogram } from '@opentelemetry/sdk-metrics';
import { expect, it } from 'vitest';
import { type ExemplarFilterName, exemplarFilters } from './exemplar-filter.ts';
import { HttpDurations, type ServedRequest } from './http-durations.ts';

const served = (change: Partial<ServedRequest> = {}): ServedRequest => ({
  method: 'GET',
  scheme: 'http',
  route: '/orders/:id',
  status: 200,
  errorType: undefined,
  protocolVersion: '1.1',
  ...change,
});

const durationsWith = (filter: ExemplarFilterName) => new HttpDurations(exemplarFilters[filter]);

function spanOf(id: number, traceFlags: TraceFlags): Span {
  const spanId = id.toString(16).padStart(16, '0');
  return trace.wrapSpanContext({ traceId: spanId.repeat(2), spanId, traceFlags });
}
const unsampled = spanOf(1, TraceFlags.NONE);

const pointsOf = (durations: HttpDurations) =>
  durations.collect().flatMap((metric) =>
    metric.dataPoints.map(({ attributes, value, exemplars }) => ({
      attributes,
      value: value as Histogram,
      exemplars,
    })),
  );

it('keeps one series for requests that are alike, and one for each that is not', () => {
  const durations = durationsWith('trace_based');
  const different = [
    {},
    { method: 'PUT' },
    { route: '/' },
    { route: undefined },
    { status: 201 },
    { errorType: 'E', status: 500 },
    { scheme: 'https' },
    { protocolVersion: '1.0' },
  ];
  for (const change of [...different, ...different])
    durations.recordServed(served(change), 0.003, unsampled);
  expect(pointsOf(durations).map(({ value }) => value.count)).toEqual(different.map(() => 2));
});

it('puts a value into the bucket whose upper bound it does not pass', () => {
  const durations = durationsWith('trace_based');
  for (const seconds of [0.005, 0.0051, 100]) durations.recordServed(served(), seconds, unsampled);
  const [point] = pointsOf(durations);
  expect(point?.value).toMatchObject({ count: 3, min: 0.005, max: 100 });
  expect(point?.value.buckets.counts).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect(point?.attributes).toEqual({
    'http.request.method': 'GET',
    'http.route': '/orders/:id',
    'http.response.status_code': 200,
    'url.scheme': 'http',
    'network.protocol.version': '1.1',
  });
});

it('stops at 2,000 series and counts the rest in one', () => {
  const durations = durationsWith('trace_based');
  for (let n = 0; n < 5000; n++)
    durations.recordServed(served({ route: `/r${n}` }), 0.001, unsampled);
  const points = pointsOf(durations);
  expect(points).toHaveLength(2001);
  expect(points.at(-1)).toMatchObject({
    attributes: { 'otel.metric.overflow': true },
    value: { count: 3000 },
  });
});

it('keeps the last sampled measurement of each bucket as its exemplar, for every reader', () => {
  const durations = durationsWith('trace_based');
  const before = Date.now();
  for (const [id, seconds] of [0.001, 0.002, 0.3, 99].entries()) {
    durations.recordServed(served(), seconds, spanOf(id + 10, TraceFlags.SAMPLED));
  }
  durations.recordServed(served(), 0.003, unsampled);
  const [point] = pointsOf(durations);
  expect(point?.exemplars?.map(({ value, spanId }) => [value, spanId])).toEqual([
    [0.002, '000000000000000b'],
    [0.3, '000000000000000c'],
    [99, '000000000000000d'],
  ]);
  expect(point?.exemplars?.[0]?.traceId).toBe('000000000000000b000000000000000b');
  expect(point?.exemplars?.[0]?.time).toBeGreaterThanOrEqual(before);
  expect(pointsOf(durations)[0]?.exemplars).toEqual(point?.exemplars);
});

it.each([
  ['always_on', 1],
  ['always_off', 0],
  ['trace_based', 0],
] as const)('%s makes %i exemplars of an unsampled request, here and for clients', (filter, n) => {
  const durations = durationsWith(filter);
  durations.recordServed(served(), 0.001, unsampled);
  durations.recordSent({ ...served(), host: 'a', port: 1 }, 0.001, unsampled);
  expect(pointsOf(durations).map(({ exemplars = [] }) => exemplars.length)).toEqual([n, n]);
});
