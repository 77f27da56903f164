import type { Attributes, HrTime } from '@opentelemetry/api';
import { unitOfName } from '@org/otel-core/prometheus';
import {
  CUMULATIVE,
  type DataPoint,
  DOUBLE,
  GAUGE,
  HISTOGRAM,
  type Histogram,
  type MetricData,
  SUM,
} from './metric-data.ts';
import type { Labels, PromReading, PromValue } from './prom-registry.ts';

/** When the figures of a reading began and ended, and the labels the registry adds to each. */
export interface ReadingContext {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly defaultLabels: Labels;
}

/**
 * A prom-client metric as OpenTelemetry metrics, by the compatibility specification: the name stays as it is, the help is
 * the description, the unit comes from the name, labels are string attributes. A counter is a monotonic cumulative sum,
 * a histogram keeps its exact buckets. The SDK's data model has no summary: its quantiles are a gauge with the attribute
 * `quantile`, its `_count` and `_sum` two sums.
 */
export function toOtlp(reading: PromReading, when: ReadingContext): MetricData[] {
  switch (reading.type) {
    case 'counter':
      return [sum(reading.name, reading, reading.values, true, when)];
    case 'histogram':
      return [histogram(reading, when)];
    case 'summary':
      return summary(reading, when);
    default:
      return [gauge(reading, reading.values, when)];
  }
}

function sum(
  name: string,
  { help }: PromReading,
  values: readonly PromValue[],
  isMonotonic: boolean,
  when: ReadingContext,
): MetricData {
  return {
    descriptor: describe(name, help),
    dataPointType: SUM,
    aggregationTemporality: CUMULATIVE,
    isMonotonic,
    dataPoints: points(values, when),
  };
}

function gauge(
  reading: PromReading,
  values: readonly PromValue[],
  when: ReadingContext,
): MetricData {
  return {
    descriptor: describe(reading.name, reading.help),
    dataPointType: GAUGE,
    aggregationTemporality: CUMULATIVE,
    dataPoints: points(values, when),
  };
}

function summary(reading: PromReading, when: ReadingContext): MetricData[] {
  const named = (name: string | undefined) =>
    reading.values.filter(({ metricName }) => metricName === name);
  const [sumName, countName] = [`${reading.name}_sum`, `${reading.name}_count`];
  return [
    gauge(reading, named(undefined), when),
    sum(sumName, reading, named(sumName), false, when),
    {
      ...sum(countName, reading, named(countName), true, when),
      descriptor: describe(countName, reading.help, ''),
    },
  ];
}

function histogram(reading: PromReading, when: ReadingContext): MetricData {
  return {
    descriptor: describe(reading.name, reading.help),
    dataPointType: HISTOGRAM,
    aggregationTemporality: CUMULATIVE,
    dataPoints: [...seriesOf(reading).values()].map(({ labels, buckets, sum }) =>
      point(labels, histogramValue(buckets, sum), when),
    ),
  };
}

interface Series {
  readonly labels: Labels;
  /** Upper bound and cumulative count. */
  readonly buckets: [bound: number, upTo: number][];
  sum: number;
}

/** prom-client lists a histogram as the lines of its text: they are put together again by their labels without `le`. */
function seriesOf({ name, values }: PromReading): Map<string, Series> {
  const all = new Map<string, Series>();
  for (const { metricName, labels, value } of values) {
    const { le, ...own } = labels;
    const key = JSON.stringify(Object.entries(own).sort());
    const series: Series = all.get(key) ?? { labels: own, buckets: [], sum: 0 };
    all.set(key, series);
    if (metricName === `${name}_bucket`) series.buckets.push([boundOf(le), value]);
    else if (metricName === `${name}_sum`) series.sum = value;
  }
  return all;
}

function boundOf(le: string | number | undefined): number {
  return le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
}

function histogramValue(buckets: Series['buckets'], sum: number): Histogram {
  const sorted = buckets.toSorted(([a], [b]) => a - b);
  const counts = sorted.map(([, upTo], i) => upTo - (sorted[i - 1]?.[1] ?? 0));
  const boundaries = sorted.map(([bound]) => bound).filter(Number.isFinite);
  return { buckets: { boundaries, counts }, sum, count: sorted.at(-1)?.[1] ?? 0 };
}

function describe(name: string, description: string, unit = unitOfName(name.replace(/_sum$/, ''))) {
  return { name, description, unit, valueType: DOUBLE };
}

/** A sample that is not a number (a gauge that has not been read yet) is left out: OTLP/JSON has no word for it. */
function points(values: readonly PromValue[], when: ReadingContext): DataPoint<number>[] {
  return values
    .filter(({ value }) => Number.isFinite(value))
    .map(({ labels, value }) => point(labels, value, when));
}

function point<T>(labels: Labels, value: T, when: ReadingContext): DataPoint<T> {
  const { startTime, endTime, defaultLabels } = when;
  return { startTime, endTime, value, attributes: attributesOf({ ...defaultLabels, ...labels }) };
}

function attributesOf(labels: Labels): Attributes {
  const present = Object.entries(labels).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([name, value]) => [name, String(value)]));
}
