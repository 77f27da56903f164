import { diag } from '@opentelemetry/api';
import {
  type DataPoint,
  GAUGE,
  HISTOGRAM,
  type Histogram,
  type MetricData,
  SUM,
  type SummaryValue,
} from './metric-data.ts';

/** Series of one metric that are exported; the others share one (SDK specification, cardinality limits). */
const MAX_SERIES = 2000;

const OVERFLOW = { 'otel.metric.overflow': true };

/**
 * At most 2,000 series of a metric, and one that stands for all the others. prom-client owns the metric and keeps
 * every series in memory, so it is warned about by name.
 */
export function limitSeries(metric: MetricData): MetricData {
  const { dataPoints, descriptor } = metric;
  if (dataPoints.length <= MAX_SERIES) return metric;
  diag.warn(
    `prom-client's metric ${descriptor.name} has more than ${MAX_SERIES} series: one of its labels has too many values; what is over the limit leaves as one series, and prom-client keeps all of it in memory`,
  );
  const rest = dataPoints.slice(MAX_SERIES);
  return { ...metric, dataPoints: [...dataPoints.slice(0, MAX_SERIES), together(metric, rest)] };
}

function together({ dataPointType }: MetricData, points: MetricData['dataPoints']) {
  const last = points.at(-1) as DataPoint<unknown>;
  const value = valueTogether(
    dataPointType,
    points.map((point) => point.value),
  );
  return { ...last, attributes: OVERFLOW, exemplars: [], value };
}

/** Sums add up; of gauges the last is kept, as the SDK does; quantiles of different series cannot be joined. */
function valueTogether(dataPointType: number, values: unknown[]): unknown {
  if (dataPointType === SUM) return total(values as number[]);
  if (dataPointType === GAUGE) return values.at(-1);
  if (dataPointType === HISTOGRAM) return histogramOf(values as Histogram[]);
  const { count, sum } = totals(values as SummaryValue[]);
  return { count, sum, quantiles: [] };
}

/** All series of a prom-client histogram have the same bounds. */
function histogramOf(values: Histogram[]): Histogram {
  const { boundaries = [], counts = [] } = values[0]?.buckets ?? {};
  const added = counts.map((_, i) => total(values.map(({ buckets }) => buckets.counts[i] ?? 0)));
  return { ...totals(values), buckets: { boundaries, counts: added } };
}

function totals(values: readonly { count: number; sum?: number }[]) {
  return {
    count: total(values.map(({ count }) => count)),
    sum: total(values.map(({ sum = 0 }) => sum)),
  };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
