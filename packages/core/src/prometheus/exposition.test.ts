import { expect, it } from 'vitest';
import type { MetricData, MetricPoint, ResourceMetrics } from '../metrics/metric-model.ts';
import { exposition } from './exposition.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
const exemplar = (value: number) => ({ value, time: 1_700_000_000_250, traceId, spanId });

function point(value: unknown, attributes = {}, exemplars: MetricPoint['exemplars'] = []) {
  return { attributes, startTime: [1, 0], endTime: [2, 0], value, exemplars } as MetricPoint;
}

function metric(
  name: string,
  unit: string,
  dataPointType: number,
  dataPoints: MetricPoint[],
  more: Partial<MetricData> = {},
): MetricData {
  const descriptor = { name, unit, description: `About ${name}`, valueType: 1 };
  return { descriptor, aggregationTemporality: 1, dataPointType, dataPoints, ...more };
}

function metricsOf(...metrics: MetricData[]): ResourceMetrics {
  const scope = { name: 'made', version: '1' };
  return {
    resource: { attributes: { 'service.name': 'shop' } },
    scopeMetrics: [{ scope, metrics }],
  };
}

const all = metricsOf(
  metric('http.server.request.duration', 's', 0, [
    point(
      { count: 4, sum: 7.5, buckets: { boundaries: [0.5, 1], counts: [1, 2, 1] } },
      { 'http.route': '/a' },
      [exemplar(0.25), exemplar(5)],
    ),
  ]),
  metric('orders', '{order}', 3, [point(3, { 'shop.kind': 'a "b"\\\n' }, [exemplar(1)])], {
    isMonotonic: true,
  }),
  metric('open', '1', 3, [point(-2)], { isMonotonic: false }),
  metric('load', '1', 2, [point(0.5), point(Number.NaN, { cpu: 1 })]),
  metric('gc', 's', 4, [
    point({ count: 10, sum: 5, quantiles: [{ quantile: 0.99, value: Number.POSITIVE_INFINITY }] }),
  ]),
  metric('skipped.delta', '', 3, [point(1)], { aggregationTemporality: 0, isMonotonic: true }),
  metric('skipped.exponential', '', 1, [point({})]),
);

it('writes Prometheus text', () => {
  expect(exposition(all, 'prometheus')).toBe(`# TYPE target_info gauge
# HELP target_info Target metadata
target_info{service_name="shop"} 1
# TYPE http_server_request_duration_seconds histogram
# HELP http_server_request_duration_seconds About http.server.request.duration
http_server_request_duration_seconds_bucket{http_route="/a",le="0.5"} 1
http_server_request_duration_seconds_bucket{http_route="/a",le="1"} 3
http_server_request_duration_seconds_bucket{http_route="/a",le="+Inf"} 4
http_server_request_duration_seconds_sum{http_route="/a"} 7.5
http_server_request_duration_seconds_count{http_route="/a"} 4
# TYPE orders_total counter
# HELP orders_total About orders
orders_total{shop_kind="a \\"b\\"\\\\\\n"} 3
# TYPE open gauge
# HELP open About open
open -2
# TYPE load_ratio gauge
# HELP load_ratio About load
load_ratio 0.5
load_ratio{cpu="1"} NaN
# TYPE gc_seconds summary
# HELP gc_seconds About gc
gc_seconds{quantile="0.99"} +Inf
gc_seconds_sum 5
gc_seconds_count 10
`);
});

it('writes OpenMetrics with units and exemplars', () => {
  const ids = `{trace_id="${traceId}",span_id="${spanId}"}`;
  const at = '1700000000.25';
  expect(exposition(all, 'openmetrics')).toBe(`# TYPE target info
# HELP target Target metadata
target_info{service_name="shop"} 1
# TYPE http_server_request_duration_seconds histogram
# HELP http_server_request_duration_seconds About http.server.request.duration
# UNIT http_server_request_duration_seconds seconds
http_server_request_duration_seconds_bucket{http_route="/a",le="0.5"} 1 # ${ids} 0.25 ${at}
http_server_request_duration_seconds_bucket{http_route="/a",le="1.0"} 3
http_server_request_duration_seconds_bucket{http_route="/a",le="+Inf"} 4 # ${ids} 5 ${at}
http_server_request_duration_seconds_sum{http_route="/a"} 7.5
http_server_request_duration_seconds_count{http_route="/a"} 4
# TYPE orders counter
# HELP orders About orders
orders_total{shop_kind="a \\"b\\"\\\\\\n"} 3 # ${ids} 1 ${at}
# TYPE open gauge
# HELP open About open
open -2
# TYPE load_ratio gauge
# HELP load_ratio About load
# UNIT load_ratio ratio
load_ratio 0.5
load_ratio{cpu="1"} NaN
# TYPE gc_seconds summary
# HELP gc_seconds About gc
# UNIT gc_seconds seconds
gc_seconds{quantile="0.99"} +Inf
gc_seconds_sum 5
gc_seconds_count 10
# EOF
`);
});

it('says the scope where two scopes have a metric of one name, and keeps to one type', () => {
  const { resource, scopeMetrics } = metricsOf(metric('jobs', '', 2, [point(1)]));
  const other = [metric('jobs', '', 2, [point(2)]), metric('jobs', '', 0, [point({})])];
  const both = [...scopeMetrics, { scope: { name: 'b' }, metrics: other }];
  const text = exposition({ resource, scopeMetrics: both }, 'prometheus');
  expect(text.split('\n').filter((line) => line.startsWith('jobs'))).toEqual([
    'jobs{otel_scope_name="made",otel_scope_version="1"} 1',
    'jobs{otel_scope_name="b",otel_scope_version=""} 2',
  ]);
});

it('keeps the labels of an exemplar within 128 characters', () => {
  const filteredAttributes = { long: 'x'.repeat(100), user: 'u7' };
  const counted = point(1, {}, [{ ...exemplar(1), filteredAttributes }]);
  const text = exposition(
    metricsOf(metric('a', '', 3, [counted], { isMonotonic: true })),
    'openmetrics',
  );
  expect(text).toContain(`# {trace_id="${traceId}",span_id="${spanId}",user="u7"} 1 `);
});
