import type { Attributes } from '@opentelemetry/api';
import { bucketOf } from './bucket-of.ts';
import type { Exemplar } from './exemplar.ts';
import type { ExemplarSeries } from './exemplar-series.ts';
import { EXPONENTIAL_EXEMPLARS } from './instrument-exemplars.ts';
import type { MetricData, MetricPoint } from './metric-model.ts';
import { keysOf, pointKey, seriesKey } from './series-key.ts';

/** Exemplars of one point that is neither an ordinary histogram's nor an exponential one's. */
const NUMBER_EXEMPLARS = 1;

/**
 * The metric with the exemplars of its instrument: each goes to the point its measurement was added to. A view may have
 * filtered attributes: then its points have only some of a measurement's, and the exemplar keeps the others. What is
 * over the cardinality limit goes to the overflow point.
 */
export function joinExemplars(metric: MetricData, series: readonly ExemplarSeries[]): MetricData {
  if (series.length === 0) return metric;
  const keys = keysOf(metric);
  const byPoint = new Map(metric.dataPoints.map((point) => [pointKey(point.attributes), point]));
  const overflow = metric.dataPoints.find((point) => 'otel.metric.overflow' in point.attributes);
  const found = new Map<MetricPoint, Exemplar[]>();
  for (const each of series) {
    const exemplars = each.collect();
    const point = byPoint.get(seriesKey(each.attributes, keys)) ?? overflow;
    if (exemplars.length === 0 || !point) continue;
    const filtered = filteredBy(point.attributes, each.attributes);
    const whole = filtered ? exemplars.map((one) => ({ ...one, ...filtered })) : exemplars;
    found.set(point, [...(found.get(point) ?? []), ...whole]);
  }
  if (found.size === 0) return metric;
  return { ...metric, dataPoints: metric.dataPoints.map((point) => withExemplars(point)) };

  function withExemplars(point: MetricPoint): MetricPoint {
    const exemplars = found.get(point);
    return exemplars ? { ...point, exemplars: chosen(metric, point, exemplars) } : point;
  }
}

function filteredBy(kept: Attributes, all: Attributes) {
  const dropped = Object.entries(all).filter(([key]) => !(key in kept));
  return dropped.length > 0 ? { filteredAttributes: Object.fromEntries(dropped) } : undefined;
}

/** Where several sets of attributes became one point: the newest of each bucket, or the newest. */
function chosen(metric: MetricData, point: MetricPoint, exemplars: Exemplar[]): Exemplar[] {
  const recent = exemplars.filter(isSince(metric, point)).sort((a, b) => a.time - b.time);
  if (metric.dataPointType === 1) return recent.slice(-EXPONENTIAL_EXEMPLARS);
  const boundaries = boundariesOf(point);
  if (!boundaries) return recent.slice(-NUMBER_EXEMPLARS);
  const byBucket: Exemplar[] = [];
  for (const exemplar of recent) byBucket[bucketOf(boundaries, exemplar.value)] = exemplar;
  return byBucket.filter((exemplar) => exemplar !== undefined);
}

/** A delta point has only what was measured since the one before. */
function isSince({ aggregationTemporality }: MetricData, { startTime }: MetricPoint) {
  const since = aggregationTemporality === 0 ? startTime[0] * 1000 + startTime[1] / 1e6 : 0;
  return ({ time }: Exemplar) => time >= Math.trunc(since);
}

/** The upper bounds of a histogram with explicit buckets. */
export function boundariesOf({ value }: MetricPoint): readonly number[] | undefined {
  return (value as { buckets?: { boundaries?: readonly number[] } }).buckets?.boundaries;
}
