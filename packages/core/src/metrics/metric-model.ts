import type { Attributes, HrTime } from '@opentelemetry/api';
import type { Exemplar } from './exemplar.ts';

/** A source of metrics; a MetricProducer of `@opentelemetry/sdk-metrics` is one. */
export interface MetricProducer {
  /** All metrics as they are now, cumulative. */
  collect(): Promise<CollectionResult>;
}

/** What a producer found. */
export interface CollectionResult {
  resourceMetrics: { scopeMetrics: ScopeMetrics[] };
  errors: unknown[];
}

/** Every metric of a process, by scope. */
export interface ResourceMetrics {
  resource: { readonly attributes: Attributes };
  scopeMetrics: ScopeMetrics[];
}

/** The metrics of one instrumentation scope. */
export interface ScopeMetrics {
  scope: { readonly name: string; readonly version?: string; readonly schemaUrl?: string };
  metrics: MetricData[];
}

/** One metric with its data points; the numbers are those of the SDK's enums, and one more for what the SDK has not. */
export interface MetricData {
  readonly descriptor: {
    readonly name: string;
    readonly description: string;
    readonly unit: string;
    /** 0 integer, 1 double. */
    readonly valueType: number;
  };
  /** 0 delta, 1 cumulative. */
  readonly aggregationTemporality: number;
  /** 0 histogram, 1 exponential histogram, 2 gauge, 3 sum, 4 summary. */
  readonly dataPointType: number;
  /** Of a sum: whether it only grows. */
  readonly isMonotonic?: boolean;
  readonly dataPoints: MetricPoint[];
}

/** One series at one moment. */
export interface MetricPoint {
  readonly attributes: Attributes;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  /** A number for gauges and sums; an object for histograms (`count`, `sum`, buckets) and for summaries (SummaryValue). */
  readonly value: unknown;
  /** Measurements that stand for many, each with the span it was made in. */
  readonly exemplars?: readonly Exemplar[];
}

/** The value of a summary's point. */
export interface SummaryValue {
  readonly count: number;
  readonly sum: number;
  readonly quantiles: readonly { readonly quantile: number; readonly value: number }[];
}
