import { renderMetric } from '../show/render.metric.ts';
import type { DataPoint, Exemplar, Metric, MetricType, Temporality } from '../telemetry.ts';
import { type ExpectOptions, expectRecord, type RecordMatcher } from './expect.record.ts';
import type { ExpectedText } from './match.span.ts';
import {
  differsIn,
  differsInAttributes,
  type ExpectedAttributes,
  type ExpectedValue,
} from './match.value.ts';
import type { TelemetrySource } from './source.ts';

/** A number as a test states it. */
export type ExpectedNumber = number | ((value: number) => boolean);

/** An exemplar as a test states it. */
export interface ExpectedExemplar {
  readonly value?: ExpectedNumber;
  readonly traceId?: ExpectedText;
  readonly spanId?: ExpectedText;
  /** The attributes that the view had filtered out of the series. */
  readonly attributes?: ExpectedAttributes;
}

/** A metric and one of its data points as a test states them; what is not stated is not looked at. */
export interface ExpectedMetric {
  readonly name: ExpectedText;
  readonly unit?: ExpectedText;
  readonly description?: ExpectedText;
  /** `counter` is a monotonic sum, `upDownCounter` one that is not. */
  readonly type?: MetricType | 'counter' | 'upDownCounter';
  readonly temporality?: Temporality;
  /** The resource's `service.name`. */
  readonly service?: ExpectedText;
  /** The name of the instrumentation scope. */
  readonly scope?: ExpectedText;
  /** Attributes of the resource. */
  readonly resource?: ExpectedAttributes;
  /** Attributes of the point; others may be there too. */
  readonly attributes?: ExpectedAttributes;
  /** Gauge and sum. */
  readonly value?: ExpectedNumber;
  readonly count?: ExpectedNumber;
  readonly sum?: ExpectedNumber;
  readonly min?: ExpectedNumber;
  readonly max?: ExpectedNumber;
  /** Histogram: its bounds, its counts, or both. */
  readonly buckets?: { readonly bounds?: readonly number[]; readonly counts?: readonly number[] };
  /** Summary: the value at each quantile. */
  readonly quantiles?: readonly { readonly quantile: number; readonly value: number }[];
  /** One of the point's exemplars is like this. */
  readonly exemplar?: ExpectedExemplar;
}

/** A metric and the data point in it that matched. */
export interface MatchedMetric {
  readonly metric: Metric;
  readonly point: DataPoint;
}

/**
 * Waits until a metric with a data point as stated arrives, and returns both. Cumulative metrics come again with every export: any of them may match.
 * @throws Error after the timeout; the message shows the closest metrics and what differs.
 * @example
 * await expectMetric(collector, {
 *   name: 'http.server.request.duration', unit: 's', type: 'histogram', attributes: { 'http.route': '/orders' }, count: 1,
 * });
 */
export async function expectMetric(
  source: TelemetrySource,
  expected: ExpectedMetric,
  options: ExpectOptions = {},
): Promise<MatchedMetric> {
  return await expectRecord(source, metricMatcher('expectMetric', expected), options);
}

/** The matcher of metrics, for `expectMetric` and `expectNoMetric`. */
export function metricMatcher(
  matcher: string,
  expected: ExpectedMetric,
): RecordMatcher<MatchedMetric> {
  return {
    matcher,
    noun: 'data point',
    list: (store) =>
      store.metrics().flatMap((metric) => metric.points.map((point) => ({ metric, point }))),
    differences: ({ metric, point }) => [
      ...metricDifferences(expected, metric),
      ...pointDifferences(expected, point),
    ],
    alike: ({ metric }) => differsIn('name', expected.name, metric.name).length === 0,
    render: ({ metric, point }) => renderMetric({ ...metric, points: [point] }),
  };
}

function metricDifferences(expected: ExpectedMetric, metric: Metric): string[] {
  return [
    ...differsIn('name', expected.name, metric.name),
    ...differsIn('unit', expected.unit, metric.unit),
    ...differsIn('description', expected.description, metric.description),
    ...typeDifference(expected.type, metric),
    ...differsIn('temporality', expected.temporality, metric.temporality ?? 'unspecified'),
    ...differsIn('service', expected.service, metric.service),
    ...differsIn('scope', expected.scope, metric.scope.name),
    ...differsInAttributes('resource', expected.resource, metric.resource.attributes),
  ];
}

function typeDifference(expected: ExpectedMetric['type'], metric: Metric): string[] {
  const instrument = metric.monotonic ? 'counter' : 'upDownCounter';
  const named = expected === 'counter' || expected === 'upDownCounter';
  const got = named && metric.type === 'sum' ? instrument : metric.type;
  return differsIn('type', expected, got);
}

function pointDifferences(expected: ExpectedMetric, point: DataPoint): string[] {
  const numbers = ['value', 'count', 'sum', 'min', 'max'] as const;
  return [
    ...differsInAttributes('attributes', expected.attributes, point.attributes),
    ...numbers.flatMap((name) => numberDifference(name, expected[name], point[name])),
    ...differsIn('buckets.bounds', expected.buckets?.bounds, point.buckets?.bounds ?? null),
    ...differsIn('buckets.counts', expected.buckets?.counts, point.buckets?.counts ?? null),
    ...differsIn('quantiles', expected.quantiles, point.quantiles ?? null),
    ...exemplarDifference(expected.exemplar, point.exemplars),
  ];
}

function numberDifference(
  name: string,
  expected: ExpectedNumber | undefined,
  got: number | undefined,
) {
  if (expected !== undefined && got === undefined) return [`${name}: the point has none`];
  return differsIn(name, expected as ExpectedValue | undefined, got ?? null);
}

function exemplarDifference(
  expected: ExpectedExemplar | undefined,
  got: readonly Exemplar[],
): string[] {
  if (expected === undefined) return [];
  const judged = got.map((exemplar) => exemplarDifferences(expected, exemplar));
  if (judged.some((differences) => differences.length === 0)) return [];
  const closest = judged.toSorted((a, b) => a.length - b.length)[0];
  return closest ?? ['exemplar: the point has none'];
}

function exemplarDifferences(expected: ExpectedExemplar, exemplar: Exemplar): string[] {
  return [
    ...numberDifference('exemplar.value', expected.value, exemplar.value),
    ...differsIn('exemplar.traceId', expected.traceId, exemplar.traceId),
    ...differsIn('exemplar.spanId', expected.spanId, exemplar.spanId),
    ...differsInAttributes('exemplar.attributes', expected.attributes, exemplar.attributes),
  ];
}
