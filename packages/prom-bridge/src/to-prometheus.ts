import {
  exemplarsByBucket,
  type Named,
  prometheusLabels,
  prometheusName,
} from '@org/otel-core/prometheus';
import {
  CUMULATIVE,
  type DataPoint,
  type Exemplar,
  GAUGE,
  HISTOGRAM,
  type Histogram,
  type MetricData,
  SUM,
} from './metric-data.ts';
import { promExemplar } from './prom-exemplar.ts';
import type { Labels, PromReading, PromType, PromValue } from './prom-registry.ts';

/** The points of one metric and the labels they share (those of their scope, if asked for). */
export interface Part {
  readonly data: MetricData;
  readonly labels: Labels | undefined;
}

/** The kind of Prometheus metric that OpenTelemetry data become, or undefined where Prometheus text has none. */
export function promTypeOf(data: MetricData): Exclude<PromType, 'summary'> | undefined {
  if (data.aggregationTemporality !== CUMULATIVE) return undefined;
  if (data.dataPointType === HISTOGRAM) return 'histogram';
  if (data.dataPointType === SUM && data.isMonotonic) return 'counter';
  return data.dataPointType === SUM || data.dataPointType === GAUGE ? 'gauge' : undefined;
}

/** The Prometheus name of the data. */
export function promNameOf(data: MetricData): string {
  const { name, unit } = data.descriptor;
  return prometheusName({ name, unit, kind: kindOf(data) });
}

// `_ratio` is for gauges only: an up-down counter with unit 1 is a count.
function kindOf(data: MetricData): Named['kind'] {
  if (data.dataPointType === GAUGE) return 'gauge';
  return promTypeOf(data) === 'counter' ? 'counter' : 'other';
}

/**
 * OpenTelemetry data of one name as a prom-client reading. Data of another kind than the first part's are left out:
 * a name has one type.
 */
export function toPrometheus(
  name: string,
  help: string,
  type: PromType,
  parts: readonly Part[],
): PromReading {
  const same = parts.filter(({ data }) => promTypeOf(data) === type);
  return { name, help, type, values: same.flatMap((part) => valuesOf(name, part)) };
}

function valuesOf(name: string, { data, labels }: Part): PromValue[] {
  if (data.dataPointType === HISTOGRAM) {
    return data.dataPoints.flatMap((point) =>
      histogramValues(name, point as DataPoint<Histogram>, labels),
    );
  }
  if (data.dataPointType !== SUM && data.dataPointType !== GAUGE) return [];
  return data.dataPoints.map(({ attributes, value, exemplars }) => ({
    value: value as number,
    labels: withShared(prometheusLabels(attributes), labels),
    ...exemplarField(exemplars?.at(-1)),
  }));
}

function withShared(labels: Readonly<Labels>, shared: Labels | undefined): Readonly<Labels> {
  return shared ? { ...labels, ...shared } : labels;
}

function histogramValues(
  name: string,
  point: DataPoint<Histogram>,
  shared: Labels | undefined,
): PromValue[] {
  const labels = withShared(prometheusLabels(point.attributes), shared);
  const { buckets, sum, count } = point.value;
  const { boundaries } = buckets;
  const examples = exemplarsByBucket(boundaries, point.exemplars ?? []);
  let upTo = 0;
  function bucket(le: number | string, value: number, index: number): PromValue {
    const example = exemplarField(examples[index]);
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value, ...example };
  }
  const bounded = boundaries.map((bound, i) => {
    upTo += buckets.counts[i] ?? 0;
    return bucket(bound, upTo, i);
  });
  return [
    ...bounded,
    bucket('+Inf', count, boundaries.length),
    ...(sum === undefined ? [] : [{ metricName: `${name}_sum`, labels, value: sum }]),
    { metricName: `${name}_count`, labels, value: count },
  ];
}

function exemplarField(exemplar: Exemplar | undefined) {
  return exemplar ? { exemplar: promExemplar(exemplar) } : {};
}
