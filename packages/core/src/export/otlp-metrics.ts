import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { Exemplar } from '../metrics/exemplar.ts';
import type {
  MetricData,
  MetricPoint,
  ResourceMetrics,
  ScopeMetrics,
  SummaryValue,
} from '../metrics/metric-model.ts';
import type { OtlpNumbers } from './otlp-numbers.ts';

/** An OTLP message as plain data: fields by their JSON names, numbers as the encoding has them, ids as hex. */
export type OtlpMessage = { readonly [field: string]: unknown };

/**
 * Metrics as an OTLP 1.x ExportMetricsServiceRequest, with what the official transformer leaves out: exemplars and
 * summaries.
 */
export function otlpMetrics(
  { resource, scopeMetrics }: ResourceMetrics,
  numbers: OtlpNumbers,
): OtlpMessage {
  const { schemaUrl } = resource as { schemaUrl?: string };
  return {
    resourceMetrics: [
      {
        resource: { attributes: keyValues(resource.attributes, numbers) },
        scopeMetrics: scopeMetrics.map((each) => scopeOf(each, numbers)),
        schemaUrl,
      },
    ],
  };
}

function scopeOf({ scope, metrics }: ScopeMetrics, numbers: OtlpNumbers): OtlpMessage {
  const { name, version, schemaUrl } = scope;
  return {
    scope: { name, version },
    metrics: metrics.map((each) => metricOf(each, numbers)),
    schemaUrl,
  };
}

function metricOf(metric: MetricData, numbers: OtlpNumbers): OtlpMessage {
  const { name, description, unit } = metric.descriptor;
  return { name, description, unit, ...dataOf(metric, numbers) };
}

/** By `dataPointType`; the numbers of the SDK's temporality are one less than OTLP's. */
function dataOf(metric: MetricData, numbers: OtlpNumbers): OtlpMessage {
  const { dataPoints, descriptor, isMonotonic = false } = metric;
  const aggregationTemporality = metric.aggregationTemporality + 1;
  const all = (pointOf: (point: MetricPoint, numbers: OtlpNumbers) => OtlpMessage) =>
    dataPoints.map((point) => pointOf(point, numbers));
  const number = (point: MetricPoint) => numberPoint(point, numbers, descriptor.valueType);
  switch (metric.dataPointType) {
    case 0:
      return { histogram: { dataPoints: all(histogramPoint), aggregationTemporality } };
    case 1: {
      const points = all(exponentialPoint);
      return { exponentialHistogram: { dataPoints: points, aggregationTemporality } };
    }
    case 3: {
      const points = all(number);
      return { sum: { dataPoints: points, aggregationTemporality, isMonotonic } };
    }
    case 4:
      return { summary: { dataPoints: all(summaryPoint) } };
    default:
      return {
        gauge: { dataPoints: all(number) },
      };
  }
}

function pointOf(
  { attributes, startTime, endTime, exemplars }: MetricPoint,
  numbers: OtlpNumbers,
): OtlpMessage {
  return {
    attributes: keyValues(attributes, numbers),
    startTimeUnixNano: numbers.time(startTime),
    timeUnixNano: numbers.time(endTime),
    exemplars: exemplars?.length
      ? exemplars.map((one) => exemplarMessage(one, numbers))
      : undefined,
  };
}

function numberPoint(point: MetricPoint, numbers: OtlpNumbers, valueType: number): OtlpMessage {
  const value = point.value as number;
  const isInteger = valueType === 0 && Number.isSafeInteger(value);
  return isInteger
    ? { ...pointOf(point, numbers), asInt: numbers.int64(value) }
    : { ...pointOf(point, numbers), asDouble: numbers.double(value) };
}

interface HistogramValue {
  readonly count: number;
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  readonly buckets: { readonly boundaries: readonly number[]; readonly counts: readonly number[] };
}

function histogramPoint(point: MetricPoint, numbers: OtlpNumbers): OtlpMessage {
  const { count, sum, min, max, buckets } = point.value as HistogramValue;
  return {
    ...pointOf(point, numbers),
    count: numbers.int64(count),
    sum: numbers.double(sum),
    min: numbers.double(min),
    max: numbers.double(max),
    bucketCounts: numbers.int64s(buckets.counts),
    explicitBounds: numbers.doubles(buckets.boundaries),
  };
}

interface ExponentialHalf {
  readonly offset: number;
  readonly bucketCounts: readonly number[];
}

interface ExponentialValue extends Omit<HistogramValue, 'buckets'> {
  readonly scale: number;
  readonly zeroCount: number;
  readonly positive: ExponentialHalf;
  readonly negative: ExponentialHalf;
}

function exponentialPoint(point: MetricPoint, numbers: OtlpNumbers): OtlpMessage {
  const { count, sum, min, max, scale, zeroCount, positive, negative } =
    point.value as ExponentialValue;
  return {
    ...pointOf(point, numbers),
    count: numbers.int64(count),
    sum: numbers.double(sum),
    min: numbers.double(min),
    max: numbers.double(max),
    scale,
    zeroCount: numbers.int64(zeroCount),
    positive: exponentialHalf(positive, numbers),
    negative: exponentialHalf(negative, numbers),
  };
}

function exponentialHalf(
  { offset, bucketCounts }: ExponentialHalf,
  numbers: OtlpNumbers,
): OtlpMessage {
  return { offset, bucketCounts: numbers.int64s(bucketCounts) };
}

function summaryPoint(point: MetricPoint, numbers: OtlpNumbers): OtlpMessage {
  const { count, sum, quantiles } = point.value as SummaryValue;
  return {
    ...pointOf(point, numbers),
    count: numbers.int64(count),
    sum: numbers.double(sum),
    quantileValues: quantiles.map(({ quantile, value }) => ({
      quantile,
      value: numbers.double(value),
    })),
  };
}

function exemplarMessage(
  { value, time, traceId, spanId, filteredAttributes = {} }: Exemplar,
  numbers: OtlpNumbers,
): OtlpMessage {
  const seconds = Math.trunc(time / 1000);
  const microseconds = Math.round((time - seconds * 1000) * 1000);
  return {
    filteredAttributes: keyValues(filteredAttributes, numbers),
    timeUnixNano: numbers.time([seconds, microseconds * 1000]),
    asDouble: numbers.double(value),
    traceId,
    spanId,
  };
}

function keyValues(attributes: Attributes, numbers: OtlpNumbers): OtlpMessage[] {
  const all: OtlpMessage[] = [];
  for (const key of Object.keys(attributes)) {
    const value = attributes[key];
    if (value !== undefined && value !== null) all.push({ key, value: anyValue(value, numbers) });
  }
  return all;
}

function anyValue(value: AttributeValue | null | undefined, numbers: OtlpNumbers): OtlpMessage {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') {
    return Number.isSafeInteger(value)
      ? { intValue: numbers.int64(value) }
      : { doubleValue: numbers.double(value) };
  }
  if (!Array.isArray(value)) return {};
  return { arrayValue: { values: value.map((each) => anyValue(each, numbers)) } };
}
