import type {
  DataPoint,
  Exemplar,
  ExponentialBuckets,
  Metric,
  MetricType,
  Origin,
  Temporality,
} from '../../telemetry.ts';
import { attributes, id, list, nanos, nested, number, records, text } from './origins.ts';
import type { Raw } from './raw.ts';

type Kind = Exclude<MetricType, 'none'>;

const temporalities: readonly Temporality[] = ['unspecified', 'delta', 'cumulative'];
const types: readonly Kind[] = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'];
const pointOf: Record<Kind, (raw: Raw) => Partial<DataPoint>> = {
  gauge: numberPoint,
  sum: numberPoint,
  histogram: histogramPoint,
  exponentialHistogram: exponentialPoint,
  summary: summaryPoint,
};

/** The metrics of a decoded metrics request. */
export function metrics(request: Raw): Metric[] {
  return Array.from(records(request, 'Metrics', 'metrics'), ({ record, origin }) =>
    metric(record, origin),
  );
}

function metric(raw: Raw, origin: Origin): Metric {
  const type = types.find((name) => raw[name] !== undefined);
  const data = type === undefined ? {} : nested(raw, type);
  return {
    ...origin,
    name: text(raw, 'name'),
    description: text(raw, 'description'),
    unit: text(raw, 'unit'),
    type: type ?? 'none',
    ...nature(type, data),
    metadata: attributes(raw, 'metadata'),
    points: type === undefined ? [] : list(data, 'dataPoints').map((raw) => point(type, raw)),
  };
}

function nature(
  type: Kind | undefined,
  data: Raw,
): { temporality?: Temporality; monotonic?: boolean } {
  if (type === undefined || type === 'gauge' || type === 'summary') return {};
  const temporality = temporalities[number(data, 'aggregationTemporality')] ?? 'unspecified';
  return type === 'sum'
    ? { temporality, monotonic: data['isMonotonic'] === true }
    : { temporality };
}

function point(type: Kind, raw: Raw): DataPoint {
  return {
    attributes: attributes(raw),
    startTime: nanos(raw, 'startTimeUnixNano'),
    time: nanos(raw, 'timeUnixNano'),
    flags: number(raw, 'flags'),
    exemplars: list(raw, 'exemplars').map(exemplar),
    ...pointOf[type](raw),
  };
}

function measured(raw: Raw): number | undefined {
  const value = raw['asDouble'] ?? raw['asInt'];
  return value === undefined ? undefined : Number(value);
}

function numberPoint(raw: Raw): Partial<DataPoint> {
  const value = measured(raw);
  return value === undefined ? {} : { value };
}

function histogramPoint(raw: Raw): Partial<DataPoint> {
  const bounds = ((raw['explicitBounds'] ?? []) as number[]).slice();
  return { ...totals(raw), buckets: { bounds, counts: counts(raw) } };
}

function exponentialPoint(raw: Raw): Partial<DataPoint> {
  const exponential = {
    scale: number(raw, 'scale'),
    zeroCount: number(raw, 'zeroCount'),
    zeroThreshold: number(raw, 'zeroThreshold'),
    positive: half(nested(raw, 'positive')),
    negative: half(nested(raw, 'negative')),
  };
  return { ...totals(raw), exponential };
}

function summaryPoint(raw: Raw): Partial<DataPoint> {
  const quantiles = list(raw, 'quantileValues').map((at) => ({
    quantile: number(at, 'quantile'),
    value: number(at, 'value'),
  }));
  return { count: number(raw, 'count'), sum: number(raw, 'sum'), quantiles };
}

function totals(raw: Raw): Partial<DataPoint> {
  const optional = ['sum', 'min', 'max'].filter((name) => raw[name] !== undefined);
  const present = Object.fromEntries(optional.map((name) => [name, number(raw, name)]));
  return { count: number(raw, 'count'), ...present };
}

function half(raw: Raw): ExponentialBuckets {
  return { offset: number(raw, 'offset'), counts: counts(raw) };
}

function counts(raw: Raw): number[] {
  return ((raw['bucketCounts'] ?? []) as bigint[]).map(Number);
}

function exemplar(raw: Raw): Exemplar {
  return {
    value: measured(raw) ?? 0,
    time: nanos(raw, 'timeUnixNano'),
    traceId: id(raw, 'traceId'),
    spanId: id(raw, 'spanId'),
    attributes: attributes(raw, 'filteredAttributes'),
  };
}
