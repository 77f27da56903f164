import type { Attributes } from '@opentelemetry/api';
import type { MetricData, MetricPoint } from './metric-model.ts';
import { keysOf, pointKey, seriesKey } from './series-key.ts';

/** Series of one metric, the overflow series among them (SDK specification, cardinality limits). */
const MAX_SERIES = 2000;

const OVERFLOW: Attributes = { 'otel.metric.overflow': true };

/**
 * Holds an instrument to the limit for as long as the process runs. The SDK's own limit starts anew with each
 * collection, so that its cumulative state grows without end.
 */
export class SeriesLimit {
  #full: { readonly series: ReadonlySet<string>; readonly keys: ReadonlySet<string> } | undefined;

  /** The attributes to measure with: once the limit was reached, those of a new series are the overflow series'. */
  of(attributes: Attributes | undefined): Attributes | undefined {
    if (this.#full === undefined) return attributes;
    const { series, keys } = this.#full;
    return series.has(seriesKey(attributes ?? {}, keys)) ? attributes : OVERFLOW;
  }

  /** At most 2,000 points; those who came last are one. */
  apply(metric: MetricData): MetricData {
    const { dataPoints } = metric;
    if (dataPoints.length < MAX_SERIES) return metric;
    const own = dataPoints.filter((point) => !isOverflow(point));
    const kept = own.slice(0, MAX_SERIES - 1);
    const others = [...own.slice(MAX_SERIES - 1), ...dataPoints.filter(isOverflow)];
    this.#full ??= {
      series: new Set(kept.map(({ attributes }) => pointKey(attributes))),
      keys: keysOf({ ...metric, dataPoints: kept }),
    };
    const rest = together(metric, others);
    return rest ? { ...metric, dataPoints: [...kept, rest] } : metric;
  }
}

function isOverflow({ attributes }: MetricPoint): boolean {
  return 'otel.metric.overflow' in attributes;
}

/** Undefined where points cannot be added up: those of exponential histograms. */
function together({ dataPointType }: MetricData, points: readonly MetricPoint[]) {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return undefined;
  if (points.length === 1) return { ...last, attributes: OVERFLOW };
  if (dataPointType === 1) return undefined;
  return {
    ...last,
    startTime: first.startTime,
    attributes: OVERFLOW,
    value: sumOf(dataPointType, points),
  };
}

function sumOf(dataPointType: number, points: readonly MetricPoint[]): unknown {
  if (dataPointType === 2) return points.at(-1)?.value;
  if (dataPointType === 0) return points.map(({ value }) => value as Histogram).reduce(added);
  return points.reduce((sum, { value }) => sum + (value as number), 0);
}

interface Histogram {
  readonly count: number;
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  readonly buckets: { readonly boundaries: readonly number[]; readonly counts: readonly number[] };
}

/** All series of a metric have the same boundaries. */
function added(a: Histogram, b: Histogram): Histogram {
  const counts = a.buckets.counts.map((count, i) => count + (b.buckets.counts[i] ?? 0));
  return {
    ...a,
    count: a.count + b.count,
    ...(a.sum !== undefined && b.sum !== undefined ? { sum: a.sum + b.sum } : {}),
    ...(a.min !== undefined && b.min !== undefined ? { min: Math.min(a.min, b.min) } : {}),
    ...(a.max !== undefined && b.max !== undefined ? { max: Math.max(a.max, b.max) } : {}),
    buckets: { boundaries: a.buckets.boundaries, counts },
  };
}
