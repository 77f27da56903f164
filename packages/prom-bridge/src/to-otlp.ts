import type { Attributes, HrTime } from '@opentelemetry/api';
import { unitOfName } from '@org/otel-core/prometheus';
import {
  CUMULATIVE,
  type DataPoint,
  DOUBLE,
  type Exemplar,
  GAUGE,
  HISTOGRAM,
  type Histogram,
  type MetricData,
  SUM,
  SUMMARY,
  type SummaryValue,
} from './metric-data.ts';
import { exemplarOf } from './prom-exemplar.ts';
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
 * a histogram keeps its exact buckets, a summary its quantiles, and all of them their exemplars.
 */
export function toOtlp(reading: PromReading, when: ReadingContext): MetricData {
  switch (reading.type) {
    case 'counter':
      return counter(reading, when);
    case 'histogram':
      return histogram(reading, when);
    case 'summary':
      return summary(reading, when);
    default:
      return gauge(reading, when);
  }
}

function counter({ name, help, values }: PromReading, when: ReadingContext): MetricData {
  return {
    descriptor: describe(name, help),
    dataPointType: SUM,
    aggregationTemporality: CUMULATIVE,
    isMonotonic: true,
    dataPoints: points(values, when),
  };
}

function gauge({ name, help, values }: PromReading, when: ReadingContext): MetricData {
  return {
    descriptor: describe(name, help),
    dataPointType: GAUGE,
    aggregationTemporality: CUMULATIVE,
    dataPoints: points(values, when),
  };
}

function summary(reading: PromReading, when: ReadingContext): MetricData {
  return {
    descriptor: describe(reading.name, reading.help),
    dataPointType: SUMMARY,
    aggregationTemporality: CUMULATIVE,
    dataPoints: [...seriesOf(reading).values()].map(({ labels, quantiles, sum, count }) =>
      point<SummaryValue>(labels, { count, sum, quantiles }, when),
    ),
  };
}

function histogram(reading: PromReading, when: ReadingContext): MetricData {
  return {
    descriptor: describe(reading.name, reading.help),
    dataPointType: HISTOGRAM,
    aggregationTemporality: CUMULATIVE,
    dataPoints: [...seriesOf(reading).values()].map(({ labels, buckets, sum, exemplars }) =>
      point(labels, histogramValue(buckets, sum), when, exemplars),
    ),
  };
}

interface Series {
  readonly labels: Labels;
  /** Upper bound and cumulative count. */
  readonly buckets: [bound: number, upTo: number][];
  readonly quantiles: { quantile: number; value: number }[];
  readonly exemplars: Exemplar[];
  sum: number;
  count: number;
}

/** prom-client lists a histogram or summary as the lines of its text: they are put together again by their own labels. */
function seriesOf(reading: PromReading): Map<string, Series> {
  const all = new Map<string, Series>();
  for (const value of reading.values) {
    const { le, quantile, ...own } = value.labels;
    const key = JSON.stringify(Object.entries(own).sort());
    const series = all.get(key) ?? newSeries(own);
    all.set(key, series);
    addLine(series, value, reading.name);
  }
  return all;
}

function newSeries(labels: Labels): Series {
  return { labels, buckets: [], quantiles: [], exemplars: [], sum: 0, count: 0 };
}

function addLine(series: Series, line: PromValue, name: string): void {
  const { metricName, labels, value, exemplar } = line;
  if (metricName === `${name}_bucket`) series.buckets.push([boundOf(labels['le']), value]);
  else if (metricName === `${name}_sum`) series.sum = value;
  else if (metricName === `${name}_count`) series.count = value;
  else if (Number.isFinite(value)) {
    series.quantiles.push({ quantile: Number(labels['quantile']), value });
  }
  if (exemplar) series.exemplars.push(exemplarOf(exemplar));
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

function describe(name: string, description: string) {
  return { name, description, unit: unitOfName(name), valueType: DOUBLE };
}

/** A sample that is not a number (a gauge that has not been read yet) is left out: OTLP/JSON has no word for it. */
function points(values: readonly PromValue[], when: ReadingContext): DataPoint<number>[] {
  return values
    .filter(({ value }) => Number.isFinite(value))
    .map(({ labels, value, exemplar }) =>
      point(labels, value, when, exemplar ? [exemplarOf(exemplar)] : []),
    );
}

function point<T>(
  labels: Labels,
  value: T,
  when: ReadingContext,
  exemplars: readonly Exemplar[] = [],
): DataPoint<T> {
  const { startTime, endTime, defaultLabels } = when;
  const attributes = attributesOf({ ...defaultLabels, ...labels });
  return { startTime, endTime, value, attributes, exemplars };
}

function attributesOf(labels: Labels): Attributes {
  const present = Object.entries(labels).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([name, value]) => [name, String(value)]));
}
