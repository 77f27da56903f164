import type { MetricPoint } from '@org/otel-core';

export type {
  CollectionResult as Produced,
  Exemplar,
  MetricData,
  MetricProducer as Producer,
  ResourceMetrics,
  SummaryValue,
} from '@org/otel-core';

/** A point whose kind of value is known. */
export type DataPoint<T> = MetricPoint & { readonly value: T };

/** The value of a histogram's point. */
export interface Histogram {
  readonly buckets: { readonly boundaries: readonly number[]; readonly counts: readonly number[] };
  readonly sum?: number;
  readonly count: number;
}

// The numbers of the SDK's enums (a test holds them to it), written out so that core's copy stays the one that is
// loaded. The SDK has no summary.
export const HISTOGRAM = 0;
export const GAUGE = 2;
export const SUM = 3;
export const SUMMARY = 4;
export const CUMULATIVE = 1;
export const DOUBLE = 1;
