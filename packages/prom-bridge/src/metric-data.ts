import type {
  AggregationTemporality,
  DataPointType,
  MetricData,
  MetricProducer,
} from '@opentelemetry/sdk-metrics';

export type { DataPoint, Histogram, MetricData, ResourceMetrics } from '@opentelemetry/sdk-metrics';

/** A source of metrics that core exports beside its own. */
export type Producer = MetricProducer;

/** What a producer gives. */
export type Produced = Awaited<ReturnType<MetricProducer['collect']>>;

// Written out, so that the SDK is needed for types only and core's copy stays the one that is loaded. A test holds
// them to the SDK's.
export const HISTOGRAM = 0 as DataPointType.HISTOGRAM;
export const GAUGE = 2 as DataPointType.GAUGE;
export const SUM = 3 as DataPointType.SUM;
export const CUMULATIVE = 1 as AggregationTemporality.CUMULATIVE;
export const DOUBLE = 1 as MetricData['descriptor']['valueType'];
