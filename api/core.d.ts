// Public API, checked by `npm test`. Updated by `npm run api`.

import { Attributes } from '@opentelemetry/api';
import { Context } from '@opentelemetry/api';
import { HrTime } from '@opentelemetry/api';
import { IncomingMessage } from 'node:http';
import { Link } from '@opentelemetry/api';
import { Sampler } from '@opentelemetry/api';
import { Span } from '@opentelemetry/api';
import { SpanContext } from '@opentelemetry/api';
import { SpanKind } from '@opentelemetry/api';
import { SpanStatus } from '@opentelemetry/api';

/** How items wait for export. */
export interface BatchOption {
    /** Milliseconds an item waits for a batch that is not full. @defaultValue `5000` for spans, `1000` for log records */
    readonly scheduleDelay?: number;
    /** Milliseconds one attempt to export may take, where the exporter's own timeout is not shorter; 0 is no limit. @defaultValue `30000` */
    readonly exportTimeout?: number;
    /** Items that wait; more are dropped and counted. @defaultValue `2048` */
    readonly maxQueueSize?: number;
    /** Items that leave together; not more than the queue holds. @defaultValue `512` */
    readonly maxExportBatchSize?: number;
}

/** What is kept of encoded, compressed batches that the receiver does not take now; the oldest go first, counted. */
export interface BufferOption {
    /** Bytes, 1 or more. Environment: `OTEL_NODE_BUFFER_MAX_BYTES`. @defaultValue `33554432` (32 MiB) */
    readonly maxBytes?: number;
    /** Milliseconds, 1 or more. Environment: `OTEL_NODE_BUFFER_MAX_AGE`. @defaultValue `300000` */
    readonly maxAgeMillis?: number;
}

/** Which metrics `collectMetrics()` leaves out. */
export interface CollectOptions {
    /** The producer whose metrics are not wanted. @defaultValue none is left out */
    readonly without?: MetricProducer;
}

/** What a producer found. */
export interface CollectionResult {
    resourceMetrics: {
        scopeMetrics: ScopeMetrics[];
    };
    errors: unknown[];
}

/** A measurement kept as an example of its series, with the span it was made in. */
export interface Exemplar {
    readonly value: number;
    /** When it was measured, in milliseconds since 1970. */
    readonly time: number;
    /** Of the span; absent where none was active. */
    readonly traceId?: string | undefined;
    readonly spanId?: string | undefined;
    /** What a view filtered out of the series' attributes. */
    readonly filteredAttributes?: Readonly<Record<string, string | number | boolean>>;
}

/** The exporter in the form of declarative configuration. */
export interface ExporterOption {
    /** OTLP over HTTP. @defaultValue protobuf to `http://localhost:4318` */
    readonly otlpHttp?: OtlpHttpOption;
    /**
     * An endpoint that Prometheus scrapes, beside what `OTEL_METRICS_EXPORTER` says; `{}` takes its defaults.
     * Environment: `OTEL_METRICS_EXPORTER=prometheus` opens it instead of OTLP.
     * @defaultValue none
     */
    readonly prometheus?: PrometheusOption;
}

/**
 * A Fastify application as far as it is needed here.
 *
 * @example
 * ```ts
 * const app: FastifyApp = fastify();
 * ```
 */
export interface FastifyApp {
    addHook(name: 'onRequest' | 'onError', hook: Hook): unknown;
}

/** A span that has ended, as processors see it; the SDK's ReadableSpan is one. */
export interface FinishedSpan {
    readonly name: string;
    readonly kind: SpanKind;
    readonly spanContext: () => SpanContext;
    readonly parentSpanContext?: SpanContext;
    readonly startTime: HrTime;
    readonly endTime: HrTime;
    readonly duration: HrTime;
    readonly status: SpanStatus;
    readonly attributes: Attributes;
    readonly links: Link[];
    readonly events: {
        readonly name: string;
        readonly time: HrTime;
        readonly attributes?: Attributes;
    }[];
    readonly resource: {
        readonly attributes: Attributes;
    };
    readonly instrumentationScope: {
        readonly name: string;
        readonly version?: string;
    };
}

/** How long a flush is waited for. */
export interface FlushOptions {
    /** Milliseconds; what is not acknowledged by then stays on its way. @defaultValue until every batch is settled */
    readonly timeoutMillis?: number;
}

/**
 * What the application tells `init()`. It mirrors OpenTelemetry's declarative configuration in
 * camelCase; an option wins over its environment variable, and the variable over the default.
 */
export interface InitOptions {
    /**
     * Turn everything off but the propagators.
     * Environment: `OTEL_SDK_DISABLED`.
     * @defaultValue `false`
     */
    readonly disabled?: boolean;
    /**
     * What telemetry says of itself on stderr.
     * Environment: `OTEL_LOG_LEVEL`.
     * @defaultValue `'warn'`
     */
    readonly logLevel?: LogLevel;
    /**
     * Name of this service: the resource attribute `service.name`.
     * Environment: `OTEL_SERVICE_NAME`.
     * @defaultValue the `name` in the nearest package.json, else `unknown_service:node`
     */
    readonly serviceName?: string;
    /**
     * More resource attributes, such as `{ attributes: { 'deployment.environment.name': 'prod' } }`.
     * Environment: `OTEL_RESOURCE_ATTRIBUTES`.
     * @defaultValue none
     */
    readonly resource?: ResourceOption;
    /**
     * How trace context and baggage travel in headers.
     * Environment: `OTEL_PROPAGATORS`.
     * @defaultValue `['tracecontext', 'baggage']`
     */
    readonly propagators?: readonly PropagatorName[];
    /**
     * Which traces are kept: the declarative form, or your own Sampler.
     * Environment: `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG`.
     * @defaultValue `{ parentBased: { root: { traceIdRatioBased: { ratio: 1 } } } }`
     */
    readonly sampler?: SamplerOption | Sampler;
    /**
     * Where telemetry goes.
     * Environment: `OTEL_EXPORTER_OTLP_*`, `OTEL_TRACES_EXPORTER`, `OTEL_METRICS_EXPORTER`, `OTEL_LOGS_EXPORTER`.
     * @defaultValue OTLP over http/protobuf to `http://localhost:4318`
     */
    readonly exporter?: ExporterOption;
    /**
     * Limits of the attributes of spans and log records, behind those of `traces.limits` and `logs.limits`.
     * Environment: `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`, `OTEL_ATTRIBUTE_COUNT_LIMIT`.
     * @defaultValue any length, 128 attributes
     */
    readonly attributeLimits?: LimitsOption;
    /**
     * Exporters, batch, limits and receiver of traces alone; the receiver's settings win over `exporter.otlpHttp`.
     * Environment: `OTEL_TRACES_EXPORTER`, `OTEL_BSP_*`, `OTEL_SPAN_*`, `OTEL_EVENT_*`, `OTEL_LINK_*`, `OTEL_EXPORTER_OTLP_TRACES_*`.
     * @defaultValue those of the specification
     */
    readonly traces?: TracesOption;
    /**
     * Exporters, interval and receiver of metrics alone; the receiver's settings win over `exporter.otlpHttp`.
     * Environment: `OTEL_METRICS_EXPORTER`, `OTEL_METRIC_EXPORT_*`, `OTEL_METRICS_EXEMPLAR_FILTER`, `OTEL_EXPORTER_OTLP_METRICS_*`.
     * @defaultValue those of the specification
     */
    readonly metrics?: MetricsOption;
    /**
     * Exporters, batch, limits and receiver of log records alone; the receiver's settings win over `exporter.otlpHttp`.
     * Environment: `OTEL_LOGS_EXPORTER`, `OTEL_BLRP_*`, `OTEL_LOGRECORD_*`, `OTEL_EXPORTER_OTLP_LOGS_*`.
     * @defaultValue those of the specification
     */
    readonly logs?: LogsOption;
    /**
     * How much is kept while the receiver is away, for all signals together.
     * Environment: `OTEL_NODE_BUFFER_MAX_BYTES`, `OTEL_NODE_BUFFER_MAX_AGE` (milliseconds).
     * @defaultValue `{ maxBytes: 33554432, maxAgeMillis: 300000 }`
     */
    readonly buffer?: BufferOption;
    /**
     * Your own span processors, run beside the batch that goes to the exporter.
     * @defaultValue none
     */
    readonly spanProcessors?: readonly SpanProcessor[];
    /**
     * Whether a caller's trace context is continued. `false` starts a new trace for every incoming
     * request and links it to the caller's.
     * @defaultValue `true`
     */
    readonly trustIncoming?: boolean;
    /**
     * Throw a SettingsError for a setting that cannot be used, instead of reporting it and using the default.
     * @defaultValue `false`
     */
    readonly strict?: boolean;
    /**
     * Print at start what is in effect, in five lines on stderr.
     * Environment: `OTEL_NODE_DIAGNOSTICS`.
     * @defaultValue `false`
     */
    readonly diagnostics?: boolean;
}

/** What `onInstrument` tells of an instrument. */
export interface InstrumentInfo {
    readonly name: string;
    readonly description: string;
    readonly unit: string;
    readonly type: 'counter' | 'upDownCounter' | 'gauge' | 'histogram';
}

/** Hears of an instrument once: when it is created, or at once if it already exists. */
export type InstrumentListener = (instrument: InstrumentInfo) => void;

/** Limits of attributes; what is over them is cut off or dropped, and counted. */
export interface LimitsOption {
    /** Characters of a value. @defaultValue `Infinity` */
    readonly attributeValueLengthLimit?: number;
    /** Attributes of one span or record. @defaultValue `128` */
    readonly attributeCountLimit?: number;
}

/** Settings of log records alone. */
export interface LogsOption extends SignalOption {
    /** Environment: `OTEL_BLRP_*`. */
    readonly batch?: BatchOption;
    /** Environment: `OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT`, `OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT`. */
    readonly limits?: LimitsOption;
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

/** A source of metrics; a MetricProducer of `@opentelemetry/sdk-metrics` is one. */
export interface MetricProducer {
    /** All metrics as they are now, cumulative. */
    collect(): Promise<CollectionResult>;
}

/** Settings of metrics alone. */
export interface MetricsOption {
    /** One or several; `[]` is none. @defaultValue `['otlp']` */
    readonly exporters?: readonly (ExporterName | 'prometheus')[];
    /** The receiver of metrics. Its `endpoint` is taken as it is, with no path added. @defaultValue `exporter.otlpHttp` */
    readonly otlpHttp?: OtlpHttpOption;
    /** Milliseconds between two exports. Environment: `OTEL_METRIC_EXPORT_INTERVAL`. @defaultValue `60000` */
    readonly interval?: number;
    /** Milliseconds one attempt to export may take; 0 is no limit. Environment: `OTEL_METRIC_EXPORT_TIMEOUT`. @defaultValue `30000` */
    readonly timeout?: number;
    /** Environment: `OTEL_METRICS_EXEMPLAR_FILTER`. @defaultValue `'trace_based'` */
    readonly exemplarFilter?: ExemplarFilterName;
    /** Environment: `OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE`. @defaultValue `'cumulative'` */
    readonly temporalityPreference?: TemporalityPreference;
    /** Environment: `OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION`. @defaultValue `'explicit_bucket_histogram'` */
    readonly defaultHistogramAggregation?: HistogramAggregation;
}

/** OTLP, for all three signals; each variable has a form for one signal too, such as `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`. */
export interface OtlpHttpOption {
    /** Base URL; `/v1/traces`, `/v1/metrics` and `/v1/logs` are added. Environment: `OTEL_EXPORTER_OTLP_ENDPOINT`. @defaultValue `http://localhost:4318`, over gRPC `http://localhost:4317` */
    readonly endpoint?: string;
    /** `grpc` needs `@opentelemetry/exporter-trace-otlp-grpc` (`-metrics-`, `-logs-`) to be installed. Environment: `OTEL_EXPORTER_OTLP_PROTOCOL`. @defaultValue `'http/protobuf'` */
    readonly protocol?: OtlpProtocol;
    /** The encoding over HTTP; wins over the protocol. @defaultValue as the protocol says */
    readonly encoding?: 'protobuf' | 'json';
    /** Request headers, such as an API key. Environment: `OTEL_EXPORTER_OTLP_HEADERS`. @defaultValue none */
    readonly headers?: Readonly<Record<string, string>>;
    /** Environment: `OTEL_EXPORTER_OTLP_COMPRESSION`. @defaultValue `'none'` */
    readonly compression?: 'gzip' | 'none';
    /** Milliseconds one attempt to deliver a batch may take, its answer included; 0 is no limit. Environment: `OTEL_EXPORTER_OTLP_TIMEOUT`. @defaultValue `10000` */
    readonly timeout?: number;
    /**
     * Whether headers that hold a credential, and user and password of the endpoint, go over plain HTTP to
     * another machine too; else they are left out there, and said. For all signals.
     * Environment: `OTEL_NODE_ALLOW_PLAINTEXT_CREDENTIALS`. @defaultValue `false`
     */
    readonly allowPlaintextCredentials?: boolean;
    /** Certificates, for https. A file that cannot be used stops delivery. */
    readonly tls?: TlsOption;
    /** Only over gRPC, for an endpoint without a scheme: send without TLS. Environment: `OTEL_EXPORTER_OTLP_INSECURE`. @defaultValue `false` */
    readonly insecure?: boolean;
}

/** Where the metrics of this process can be scraped. */
export interface PrometheusOption {
    /** Environment: `OTEL_EXPORTER_PROMETHEUS_HOST`. @defaultValue `'localhost'`: this machine only */
    readonly host?: string;
    /** Environment: `OTEL_EXPORTER_PROMETHEUS_PORT`. A cluster's worker takes the first free one from here on. @defaultValue `9464` */
    readonly port?: number;
    /** @defaultValue `'/metrics'` */
    readonly path?: string;
    /** What a scraper must send as `Authorization: Bearer`. @defaultValue none: everybody who reaches the port may read */
    readonly bearerToken?: string;
}

/** A header format: W3C Trace Context, W3C Baggage, or nothing at all. */
export type PropagatorName = 'tracecontext' | 'baggage' | 'none';

/** Every metric of a process, by scope. */
export interface ResourceMetrics {
    resource: {
        readonly attributes: Attributes;
    };
    scopeMetrics: ScopeMetrics[];
}

/** Attributes that describe the service, beside those found by themselves. */
export interface ResourceOption {
    /** Resource attributes by name. @defaultValue none */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/** A route template, or a function that is asked for it when the request ends. */
export type Route = string | (() => string | undefined);

/** A sampler in the form of declarative configuration. */
export type SamplerOption = {
    readonly alwaysOn: object;
} | {
    readonly alwaysOff: object;
} | {
    readonly traceIdRatioBased: {
        readonly ratio: number;
    };
} | {
    readonly parentBased: {
        readonly root?: SamplerOption;
    };
};

/** The metrics of one instrumentation scope. */
export interface ScopeMetrics {
    scope: {
        readonly name: string;
        readonly version?: string;
        readonly schemaUrl?: string;
    };
    metrics: MetricData[];
}

/** One setting that could not be used as given: what it was, what was expected, what is used instead. */
export interface SettingProblem {
    readonly setting: string;
    readonly got: string;
    readonly expected: string;
    readonly using: string;
}

/**
 * Thrown by `init({ strict: true })` when a setting cannot be used as given.
 * The message lists every such setting, one to a line.
 */
export declare class SettingsError extends Error {
    readonly name = "SettingsError";
    readonly problems: readonly SettingProblem[];
    constructor(problems: readonly SettingProblem[]);
}

/** What all signals have in common. */
export interface SignalOption {
    /** One or several; `[]` is none. @defaultValue `['otlp']` */
    readonly exporters?: readonly ExporterName[];
    /** The receiver of this signal. Its `endpoint` is taken as it is, with no path added. @defaultValue `exporter.otlpHttp` */
    readonly otlpHttp?: OtlpHttpOption;
}

/** What became of the items of one signal since `init()`: what was recorded is the sum of the four. */
export interface SignalStats {
    /** Waiting, under way, or kept in the buffer because the receiver does not take it now. */
    readonly queued: number;
    /** Acknowledged by the receiver. */
    readonly exported: number;
    /** Lost without a refusal: the queue or the buffer was full, it became too old, or telemetry ended. */
    readonly dropped: number;
    /** Lost in export: the receiver refused for good, or the item could not be encoded. */
    readonly failed: number;
}

/** Limits of a span. */
export interface SpanLimitsOption extends LimitsOption {
    /** Environment: `OTEL_SPAN_EVENT_COUNT_LIMIT`. @defaultValue `128` */
    readonly eventCountLimit?: number;
    /** Environment: `OTEL_SPAN_LINK_COUNT_LIMIT`. @defaultValue `128` */
    readonly linkCountLimit?: number;
    /** Environment: `OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT`. @defaultValue `128` */
    readonly eventAttributeCountLimit?: number;
    /** Environment: `OTEL_LINK_ATTRIBUTE_COUNT_LIMIT`. @defaultValue `128` */
    readonly linkAttributeCountLimit?: number;
}

/** Sees every recording span start and end; a SpanProcessor of `@opentelemetry/sdk-trace` is one. */
export interface SpanProcessor {
    /** Called in the application's own stack when a span starts: it must be quick. */
    onStart(span: Span, parentContext: Context): void;
    /** Called when a span has ended. */
    onEnd(span: FinishedSpan): void;
    /** Resolves once everything it holds is exported. */
    forceFlush(): Promise<void>;
    /** Flushes and ends it. */
    shutdown(): Promise<void>;
}

/** The value of a summary's point. */
export interface SummaryValue {
    readonly count: number;
    readonly sum: number;
    readonly quantiles: readonly {
        readonly quantile: number;
        readonly value: number;
    }[];
}

/**
 * A running SDK. None of its methods throws or rejects.
 *
 * @example
 * ```ts
 * const telemetry: Telemetry = init();
 * await telemetry.forceFlush();
 * ```
 */
export interface Telemetry extends AsyncDisposable {
    /** `false` when there is nothing running: `OTEL_SDK_DISABLED=true`, or a runtime that is not supported. */
    readonly enabled: boolean;
    /**
     * Resolves once everything recorded before the call was acknowledged by the receiver, or lost (a
     * receiver that is away is waited for as long as the buffer keeps things, 300 s by default), or the
     * wait given here is over. Where nobody ever listened and connections are refused, it tries once.
     */
    forceFlush(options?: FlushOptions): Promise<void>;
    /** Flushes, then takes everything down: channels, timers, signal handlers, API globals. At most 5 s. Afterwards `init()` starts anew. */
    shutdown(): Promise<void>;
    /** Counts by signal; cheap enough for a health endpoint. */
    stats(): TelemetryStats;
}

/** What became of the telemetry of this process since `init()`, by signal. */
export interface TelemetryStats {
    /** Spans. */
    readonly traces: SignalStats;
    /** Metric data points. */
    readonly metrics: SignalStats;
    /** Log records. */
    readonly logs: SignalStats;
}

/** PEM files for TLS. */
export interface TlsOption {
    /** Certificates to trust. Environment: `OTEL_EXPORTER_OTLP_CERTIFICATE`. @defaultValue those of Node */
    readonly caFile?: string;
    /** Private key of this client. Environment: `OTEL_EXPORTER_OTLP_CLIENT_KEY`. @defaultValue none */
    readonly keyFile?: string;
    /** Certificate of this client. Environment: `OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE`. @defaultValue none */
    readonly certFile?: string;
}

/** The active span's ids as log lines and exemplars want them: lower-case hex. */
export interface TraceFields {
    /** 32 hex digits. */
    readonly traceId: string;
    /** 16 hex digits. */
    readonly spanId: string;
    /** 2 hex digits; `01` means sampled. */
    readonly traceFlags: string;
    /** Whether the trace is kept, so that a link to it can open. */
    readonly sampled: boolean;
}

/** Settings of traces alone. */
export interface TracesOption extends SignalOption {
    /** Environment: `OTEL_BSP_*`. */
    readonly batch?: BatchOption;
    /** Environment: `OTEL_SPAN_*`, `OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT`, `OTEL_LINK_ATTRIBUTE_COUNT_LIMIT`. */
    readonly limits?: SpanLimitsOption;
}

/**
 * Adds a source of metrics that leave over OTLP with the others; may be called before `init()`.
 * Returns the function that takes it away again. A producer that rejects leaves out its own metrics only.
 *
 * @example
 * ```ts
 * const remove = addMetricProducer({ collect: async () => myMetrics() });
 * ```
 */
export declare function addMetricProducer(producer: MetricProducer): () => void;

/**
 * All metrics of this process as the OTLP export would see them now, cumulative; `undefined` without
 * `init()`. Collecting disturbs no other reader.
 *
 * @example
 * ```ts
 * const metrics = await collectMetrics();
 * ```
 */
export declare function collectMetrics(options?: CollectOptions): Promise<ResourceMetrics | undefined>;

/**
 * The ids of the span that is active now; undefined where there is none, so that a line outside any
 * request carries no ids. Never throws.
 *
 * @example
 * ```ts
 * const fields = currentTraceFields();
 * console.log(JSON.stringify({ message: 'paid', traceID: fields?.traceId }));
 * ```
 */
export declare function currentTraceFields(): TraceFields | undefined;

/**
 * Starts telemetry for this process: traces, metrics and logs over OTLP. Synchronous; may be called
 * before or after any other import, and again: a second call returns the running handle and ignores
 * its options. `OTEL_SDK_DISABLED=true` turns everything off but the propagators.
 *
 * A setting that cannot be used is reported on stderr and its default is used.
 *
 * @throws SettingsError with `strict: true`, when a setting cannot be used as given
 *
 * @example
 * ```ts
 * import { init } from '@org/otel-core';
 *
 * const telemetry = init({ serviceName: 'shop' });
 * ```
 */
export declare function init(options?: InitOptions): Telemetry;

/**
 * Gives a Fastify application the hooks that tell each request's route and error, also where no
 * handler runs: a rejected `onRequest`, a body or a query that its schema refuses.
 *
 * Needed only where the application was made before `init()`; one that is made later is found by
 * itself. Call it before `listen()`, `ready()` and `inject()`, and before any hook that may refuse a request. The
 * second call for an application does nothing. Fastify 4.10 or later, 5.
 *
 * @throws what Fastify throws when the application listens already (`FST_ERR_INSTANCE_ALREADY_LISTENING`).
 * @example
 * ```ts
 * const app = instrumentFastify(fastify());
 * ```
 */
export declare function instrumentFastify<App extends FastifyApp>(app: App): App;

/**
 * Calls the listener for every instrument, those that exist already included. Returns the function
 * that ends it.
 *
 * @example
 * ```ts
 * const stop = onInstrument(({ name, unit }) => console.log(name, unit));
 * ```
 */
export declare function onInstrument(listener: InstrumentListener): () => void;

/**
 * Records what went wrong while a request was served: one exception event for each error object, on
 * the active span if it records and belongs to the request, else on the server span. Where no request
 * is at hand, give `undefined`: the active span takes it. Does nothing without `init()`. Never throws.
 *
 * @example
 * ```ts
 * app.use((error, request, response, next) => {
 *   recordError(request, error);
 *   next(error);
 * });
 * ```
 */
export declare function recordError(request: IncomingMessage | undefined, error: unknown): void;

/**
 * Tells the route template of a request: it becomes `http.route` and the span's name. A string wins
 * over a function, the last string over earlier ones; a function is asked once, when the request
 * ends. Does nothing without `init()`. Never throws.
 *
 * @example
 * ```ts
 * setRoute(request, '/orders/:id');
 * ```
 */
export declare function setRoute(request: IncomingMessage, route: Route): void;

type ExemplarFilterName = (typeof exemplarFilterNames)[number];

type ExporterName = (typeof exporterNames)[number];

type HistogramAggregation = (typeof histogramAggregations)[number];

type Hook = (...args: any[]) => any;

type LogLevel = (typeof logLevels)[number];

type OtlpProtocol = (typeof otlpProtocols)[number];

type TemporalityPreference = (typeof temporalityPreferences)[number];

/** The filters of the specification, by their names in OTEL_METRICS_EXEMPLAR_FILTER. */
declare const exemplarFilterNames: readonly ["trace_based", "always_on", "always_off"];

declare const exporterNames: readonly ["otlp", "console", "otlp/stdout"];

declare const histogramAggregations: readonly ["explicit_bucket_histogram", "base2_exponential_bucket_histogram"];

declare const logLevels: readonly ["none", "error", "warn", "info", "debug", "verbose", "all"];

declare const otlpProtocols: readonly ["http/protobuf", "http/json", "grpc"];

declare const temporalityPreferences: readonly ["cumulative", "delta", "lowmemory"];
