import type { Attributes, AttributeValue, HrTime } from '@opentelemetry/api';
import type { Exemplar } from '../metrics/exemplar.ts';
import type {
  MetricData,
  MetricPoint,
  ResourceMetrics,
  ScopeMetrics,
  SummaryValue,
} from '../metrics/metric-model.ts';

/** An OTLP message as plain data: fields by their JSON names, 64-bit integers as bigints, ids as hex. */
export type OtlpMessage = { readonly [field: string]: unknown };

/**
 * Metrics as an OTLP 1.x ExportMetricsServiceRequest, with what the official transformer leaves out: exemplars and
 * summaries.
 */
export function otlpMetrics({ resource, scopeMetrics }: ResourceMetrics): OtlpMessage {
  const { schemaUrl } = resource as { schemaUrl?: string };
  return {
    resourceMetrics: [
      {
        resource: { attributes: keyValues(resource.attributes) },
        scopeMetrics: scopeMetrics.map(scopeOf),
        schemaUrl,
      },
    ],
  };
}

function scopeOf({ scope, metrics }: ScopeMetrics): OtlpMessage {
  const { name, version, schemaUrl } = scope;
  return { scope: { name, version }, metrics: metrics.map(metricOf), schemaUrl };
}

function metricOf(metric: MetricData): OtlpMessage {
  const { name, description, unit } = metric.descriptor;
  return { name, description, unit, ...dataOf(metric) };
}

/** By `dataPointType`; the numbers of the SDK's temporality are one less than OTLP's. */
function dataOf(metric: MetricData): OtlpMessage {
  const { dataPoints, descriptor, isMonotonic = false } = metric;
  const aggregationTemporality = metric.aggregationTemporality + 1;
  switch (metric.dataPointType) {
    case 0:
      return { histogram: { dataPoints: dataPoints.map(histogramPoint), aggregationTemporality } };
    case 1: {
      const points = dataPoints.map(exponentialPoint);
      return { exponentialHistogram: { dataPoints: points, aggregationTemporality } };
    }
    case 3: {
      const points = dataPoints.map((point) => numberPoint(point, descriptor.valueType));
      return { sum: { dataPoints: points, aggregationTemporality, isMonotonic } };
    }
    case 4:
      return { summary: { dataPoints: dataPoints.map(summaryPoint) } };
    default:
      return {
        gauge: { dataPoints: dataPoints.map((point) => numberPoint(point, descriptor.valueType)) },
      };
  }
}

function pointOf({ attributes, startTime, endTime, exemplars = [] }: MetricPoint): OtlpMessage {
  return {
    attributes: keyValues(attributes),
    startTimeUnixNano: nanoseconds(startTime),
    timeUnixNano: nanoseconds(endTime),
    ...(exemplars.length > 0 ? { exemplars: exemplars.map(exemplarMessage) } : {}),
  };
}

function numberPoint(point: MetricPoint, valueType: number): OtlpMessage {
  const value = point.value as number;
  const isInteger = valueType === 0 && Number.isSafeInteger(value);
  return { ...pointOf(point), ...(isInteger ? { asInt: BigInt(value) } : { asDouble: value }) };
}

interface HistogramValue {
  readonly count: number;
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  readonly buckets: { readonly boundaries: readonly number[]; readonly counts: readonly number[] };
}

function histogramPoint(point: MetricPoint): OtlpMessage {
  const { count, sum, min, max, buckets } = point.value as HistogramValue;
  return {
    ...pointOf(point),
    count: BigInt(count),
    sum,
    min,
    max,
    bucketCounts: buckets.counts.map(BigInt),
    explicitBounds: buckets.boundaries,
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

function exponentialPoint(point: MetricPoint): OtlpMessage {
  const { count, sum, min, max, scale, zeroCount, positive, negative } =
    point.value as ExponentialValue;
  return {
    ...pointOf(point),
    count: BigInt(count),
    sum,
    min,
    max,
    scale,
    zeroCount: BigInt(zeroCount),
    positive: exponentialHalf(positive),
    negative: exponentialHalf(negative),
  };
}

function exponentialHalf({ offset, bucketCounts }: ExponentialHalf): OtlpMessage {
  return { offset, bucketCounts: bucketCounts.map(BigInt) };
}

function summaryPoint(point: MetricPoint): OtlpMessage {
  const { count, sum, quantiles } = point.value as SummaryValue;
  return { ...pointOf(point), count: BigInt(count), sum, quantileValues: quantiles };
}

function exemplarMessage({ value, time, traceId, spanId, ...more }: Exemplar): OtlpMessage {
  return {
    filteredAttributes: keyValues(more.filteredAttributes ?? {}),
    timeUnixNano: BigInt(Math.round(time * 1000)) * 1000n,
    asDouble: value,
    traceId,
    spanId,
  };
}

function nanoseconds([seconds, rest]: HrTime): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(rest);
}

function keyValues(attributes: Attributes): OtlpMessage[] {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => ({ key, value: anyValue(value as AttributeValue) }));
}

function anyValue(value: AttributeValue | null | undefined): OtlpMessage {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { intValue: BigInt(value) } : { doubleValue: value };
  }
  return Array.isArray(value) ? { arrayValue: { values: value.map(anyValue) } } : {};
}
