import type { Histogram } from '@opentelemetry/sdk-metrics';
import { expect, it } from 'vitest';
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

const pointsOf = (durations: HttpDurations) =>
  durations
    .collect()
    .flatMap((metric) =>
      metric.dataPoints.map(({ attributes, value }) => ({ attributes, value: value as Histogram })),
    );

it('keeps one series for requests that are alike, and one for each that is not', () => {
  const durations = new HttpDurations();
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
  for (const change of [...different, ...different]) durations.recordServed(served(change), 0.003);
  expect(pointsOf(durations).map(({ value }) => value.count)).toEqual(different.map(() => 2));
});

it('puts a value into the bucket whose upper bound it does not pass', () => {
  const durations = new HttpDurations();
  for (const seconds of [0.005, 0.0051, 100]) durations.recordServed(served(), seconds);
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
  const durations = new HttpDurations();
  for (let n = 0; n < 5000; n++) durations.recordServed(served({ route: `/r${n}` }), 0.001);
  const points = pointsOf(durations);
  expect(points).toHaveLength(2001);
  expect(points.at(-1)).toMatchObject({
    attributes: { 'otel.metric.overflow': true },
    value: { count: 3000 },
  });
});
