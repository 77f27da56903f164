/** The value of an attribute, a log body or a nested part of one. 64-bit integers are numbers while they are exact, bigints beyond. */
export type Value =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly Value[]
  | { readonly [key: string]: Value };

/** Attributes as a plain record. */
export type Attributes = { readonly [key: string]: Value };

/** Who sent it: the resource of an OTLP batch. */
export interface Resource {
  readonly attributes: Attributes;
  readonly schemaUrl: string;
}

/** Which library made it: the instrumentation scope of an OTLP batch. */
export interface Scope {
  readonly name: string;
  readonly version: string;
  readonly attributes: Attributes;
  readonly schemaUrl: string;
}

/** What every span, log record and metric says about its origin. `service` is the resource's `service.name`, or an empty string. */
export interface Origin {
  readonly service: string;
  readonly resource: Resource;
  readonly scope: Scope;
}

/** The kind of a span. */
export type SpanKind = 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** The status code of a span. */
export type StatusCode = 'unset' | 'ok' | 'error';

/** Something that happened during a span. Time in nanoseconds since 1970. */
export interface SpanEvent {
  readonly name: string;
  readonly time: bigint;
  readonly attributes: Attributes;
  readonly droppedAttributes: number;
}

/** A pointer from one span to another. */
export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState: string;
  readonly flags: number;
  readonly attributes: Attributes;
  readonly droppedAttributes: number;
}

/** One span as it arrived. Ids are lower-case hex; times are nanoseconds since 1970; `parentSpanId` is empty for a root. */
export interface Span extends Origin {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly traceState: string;
  readonly flags: number;
  readonly name: string;
  readonly kind: SpanKind;
  readonly startTime: bigint;
  readonly endTime: bigint;
  readonly status: { readonly code: StatusCode; readonly message: string };
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  readonly droppedAttributes: number;
  readonly droppedEvents: number;
  readonly droppedLinks: number;
}

/** One log record as it arrived. `traceId` and `spanId` are empty outside a span; `severity` is OTLP's number, 0 when not given. */
export interface LogRecord extends Origin {
  readonly time: bigint;
  readonly observedTime: bigint;
  readonly severity: number;
  readonly severityText: string;
  readonly body: Value;
  readonly eventName: string;
  readonly attributes: Attributes;
  readonly droppedAttributes: number;
  readonly flags: number;
  readonly traceId: string;
  readonly spanId: string;
}

/** The kind of data in a metric. */
export type MetricType =
  | 'gauge'
  | 'sum'
  | 'histogram'
  | 'exponentialHistogram'
  | 'summary'
  | 'none';

/** What the points of a metric count from. */
export type Temporality = 'unspecified' | 'delta' | 'cumulative';

/** A sample measurement, with the span it was taken in (ids empty when there was none). */
export interface Exemplar {
  readonly value: number;
  readonly time: bigint;
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Attributes;
}

/** One half of an exponential histogram. */
export interface ExponentialBuckets {
  readonly offset: number;
  readonly counts: readonly number[];
}

/** One data point; which of the optional members are there depends on the metric's type. Times in nanoseconds since 1970. */
export interface DataPoint {
  readonly attributes: Attributes;
  readonly startTime: bigint;
  readonly time: bigint;
  readonly flags: number;
  readonly exemplars: readonly Exemplar[];
  /** Gauge and sum. */
  readonly value?: number;
  /** Histograms and summary. */
  readonly count?: number;
  /** Histograms (when recorded) and summary. */
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  /** Histogram: `counts` has one entry more than `bounds`. */
  readonly buckets?: { readonly bounds: readonly number[]; readonly counts: readonly number[] };
  /** Exponential histogram. */
  readonly exponential?: {
    readonly scale: number;
    readonly zeroCount: number;
    readonly zeroThreshold: number;
    readonly positive: ExponentialBuckets;
    readonly negative: ExponentialBuckets;
  };
  /** Summary. */
  readonly quantiles?: readonly { readonly quantile: number; readonly value: number }[];
}

/** One metric of one export. `temporality` and `monotonic` are there for the types that have them. */
export interface Metric extends Origin {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly type: MetricType;
  readonly temporality?: Temporality;
  readonly monotonic?: boolean;
  readonly metadata: Attributes;
  readonly points: readonly DataPoint[];
}

/** What one export request, or one line of a file exporter, holds. */
export interface TelemetryBatch {
  readonly spans: readonly Span[];
  readonly logs: readonly LogRecord[];
  readonly metrics: readonly Metric[];
}

/** The signals of OTLP. */
export type Signal = 'traces' | 'logs' | 'metrics';
