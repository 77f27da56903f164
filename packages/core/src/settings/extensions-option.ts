import type {
  Attributes,
  Context,
  HrTime,
  LoggerProvider,
  MeterProvider,
  SpanContext,
  TracerProvider,
} from '@opentelemetry/api';
import type { MetricProducer, ResourceMetrics } from '../metrics/metric-model.ts';
import type { FinishedSpan } from '../traces/span-processor.ts';

/** What an exporter says of a batch: code 0 for success, 1 for failure. */
export interface ExporterResult {
  readonly code: number;
  readonly error?: Error;
}

/** Takes batches of spans somewhere else; a SpanExporter of `@opentelemetry/sdk-trace` is one. */
export interface SpanExporter {
  export(spans: FinishedSpan[], done: (result: ExporterResult) => void): void;
  shutdown(): Promise<void>;
}

/** A log record as exporters see it; the SDK's ReadableLogRecord is one. */
export interface FinishedLogRecord {
  readonly hrTime: HrTime;
  readonly body?: unknown;
  readonly attributes: object;
  readonly severityNumber?: number;
  readonly severityText?: string;
  readonly spanContext?: SpanContext;
  readonly resource: { readonly attributes: Attributes };
  readonly instrumentationScope: { readonly name: string; readonly version?: string };
}

/** Takes batches of log records somewhere else; a LogRecordExporter of `@opentelemetry/sdk-logs` is one. */
export interface LogRecordExporter {
  export(records: FinishedLogRecord[], done: (result: ExporterResult) => void): void;
  shutdown(): Promise<void>;
}

/** Takes all metrics somewhere else at each export interval, cumulative; a PushMetricExporter of `@opentelemetry/sdk-metrics` is one. */
export interface MetricExporter {
  export(metrics: ResourceMetrics, done: (result: ExporterResult) => void): void;
  shutdown(): Promise<void>;
}

/** A log record while processors may still change it. */
export interface EmittedLogRecord extends FinishedLogRecord {
  setAttribute(key: string, value?: never): unknown;
  setBody(body: never): unknown;
}

/** Sees every log record before it is batched, and may change it; a LogRecordProcessor of `@opentelemetry/sdk-logs` is one. */
export interface LogRecordProcessor {
  onEmit(record: EmittedLogRecord, context?: Context): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** Collects the metrics when it likes to; a MetricReader of `@opentelemetry/sdk-metrics` is one. */
export interface MetricReader {
  /** Called once, with what it collects from. */
  setMetricProducer(producer: MetricProducer): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** Changes what becomes of instruments; the ViewOptions of `@opentelemetry/sdk-metrics`. */
export interface View {
  readonly instrumentName?: string;
  readonly instrumentType?: string;
  readonly instrumentUnit?: string;
  readonly meterName?: string;
  readonly meterVersion?: string;
  readonly meterSchemaUrl?: string;
  readonly name?: string;
  readonly description?: string;
  /** Such as `createAllowListAttributesProcessor([…])` gives. */
  readonly attributesProcessors?: readonly object[];
  /** Such as `{ type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: […] } }`. */
  readonly aggregation?: object;
  readonly aggregationCardinalityLimit?: number;
}

/** Instruments a library; an Instrumentation of `@opentelemetry/instrumentation` is one. */
export interface Instrumentation {
  readonly instrumentationName: string;
  setTracerProvider(provider: TracerProvider): void;
  setMeterProvider(provider: MeterProvider): void;
  setLoggerProvider?(provider: LoggerProvider): void;
  enable(): void;
  disable(): void;
}
