// Public API, checked by `npm test`. Updated by `npm run api`.

import { Attributes } from '@opentelemetry/api';
import { Context } from '@opentelemetry/api';
import { HrTime } from '@opentelemetry/api';
import { IncomingMessage } from 'node:http';
import { Link } from '@opentelemetry/api';
import { LoggerProvider } from '@opentelemetry/api';
import { MeterProvider } from '@opentelemetry/api';
import { Sampler } from '@opentelemetry/api';
import { Span } from '@opentelemetry/api';
import { SpanContext } from '@opentelemetry/api';
import { SpanKind } from '@opentelemetry/api';
import { SpanOptions } from '@opentelemetry/api';
import { SpanStatus } from '@opentelemetry/api';
import { TextMapPropagator } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/api';

/** Where baggage goes, and what of it is recorded. */
export interface BaggageOption {
    /**
     * Hosts that get baggage beside the internal ones (loopback, private addresses, names of one label, `.local`, `.internal`,
     * `.svc`): names in which `*` stands for any characters, addresses, CIDR ranges. `['none']` sends it to no host at all.
     * Environment: `OTEL_NODE_BAGGAGE_HOSTS`.
     * @defaultValue none beside the internal ones
     */
    readonly hosts?: readonly string[];
    /**
     * Keys whose values become attributes of the spans that start and the log records that are emitted where the baggage is.
     * Environment: `OTEL_NODE_BAGGAGE_ATTRIBUTES`.
     * @defaultValue none
     */
    readonly attributes?: readonly string[];
}

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

/**
 * Headers that become attributes of HTTP spans, `http.request.header.{name}` and
 * `http.response.header.{name}`. No header does that is not named here.
 */
export interface CapturedHeadersOption {
    /** Of requests that this process serves. */
    readonly server?: HeaderNames;
    /** Of requests that this process makes. */
    readonly client?: HeaderNames;
}

/** The active span and baggage as plain text, for a message to another thread or process. */
export type CarriedContext = Readonly<Record<string, string>>;

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

/** What a detector found; a value may still be on its way. */
export interface DetectedAttributes {
    readonly attributes?: Readonly<Record<string, Value | Promise<Value>>>;
}

/** A log record while processors may still change it. */
export interface EmittedLogRecord extends FinishedLogRecord {
    setAttribute(key: string, value?: never): unknown;
    setBody(body: never): unknown;
}

/** Where exceptions are written: as events of their span, as log records, or both. */
export type ExceptionSignal = 'events' | 'logs' | 'logs/dup';

/** A measurement kept as an example of its series, with the span it was made in. */
export interface Exemplar {
    readonly value: number;
    /** When it was measured, in milliseconds since 1970. */
    readonly time: number;
    /** Of the span; absent where none was active. */
    readonly traceId?: string | undefined;
    readonly spanId?: string | undefined;
    /** What a view filtered out of the series' attributes. */
    readonly filteredAttributes?: Readonly<Attributes>;
}

/** The exporter in the form of declarative configuration. */
export interface ExporterOption {
    /** OTLP over HTTP. @defaultValue protobuf to `http://localhost:4318` */
    readonly otlpHttp?: SharedOtlpHttpOption;
    /**
     * An endpoint that Prometheus scrapes, beside what `OTEL_METRICS_EXPORTER` says; `{}` takes its defaults.
     * Environment: `OTEL_METRICS_EXPORTER=prometheus` opens it instead of OTLP.
     * @defaultValue none
     */
    readonly prometheus?: PrometheusOption;
}

/** What an exporter says of a batch: code 0 for success, 1 for failure. */
export interface ExporterResult {
    readonly code: number;
    readonly error?: Error;
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

/** A log record as exporters see it; the SDK's ReadableLogRecord is one. */
export interface FinishedLogRecord {
    readonly hrTime: HrTime;
    readonly body?: unknown;
    readonly attributes: object;
    readonly severityNumber?: number;
    readonly severityText?: string;
    readonly spanContext?: SpanContext;
    readonly resource: {
        readonly attributes: Attributes;
    };
    readonly instrumentationScope: {
        readonly name: string;
        readonly version?: string;
    };
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

/** Names of headers; case is ignored. */
export interface HeaderNames {
    /**
     * Environment: `OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST`,
     * `OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_CLIENT_REQUEST`, separated by commas.
     * @defaultValue none
     */
    readonly request?: readonly string[];
    /**
     * Environment: `OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_RESPONSE`,
     * `OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_CLIENT_RESPONSE`, separated by commas.
     * @defaultValue none
     */
    readonly response?: readonly string[];
}

/** What the semantic conventions of HTTP leave to choose: methods by name, and metrics that not everybody wants to pay for. */
export interface HttpOption {
    /**
     * Count the requests that are being served: `http.server.active_requests`.
     * Environment: `OTEL_NODE_HTTP_ACTIVE_REQUESTS`.
     * @defaultValue `false`
     */
    readonly activeRequests?: boolean;
    /**
     * Measure bodies in bytes, as they travel (compressed ones compressed): `http.server.request.body.size`,
     * `http.server.response.body.size`, `http.client.request.body.size`, `http.client.response.body.size`.
     * Environment: `OTEL_NODE_HTTP_BODY_SIZES`.
     * @defaultValue `false`
     */
    readonly bodySizes?: boolean;
    /**
     * The HTTP methods that are called by their names, case-sensitive, in place of those of the semantic conventions. Every
     * other one is `_OTHER` in `http.request.method`, and its span is named `HTTP`.
     * Environment: `OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS`, separated by commas.
     * @defaultValue `['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'QUERY', 'TRACE']`
     */
    readonly knownMethods?: readonly string[];
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
     * More resource attributes, such as `{ attributes: { 'deployment.environment.name': 'prod' } }`, and who detects others.
     * Environment: `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_NODE_RESOURCE_DETECTORS`, `OTEL_NODE_RESOURCE_TIMEOUT`.
     * @defaultValue what this machine tells
     */
    readonly resource?: ResourceOption;
    /**
     * How trace context and baggage travel in headers: by name, or your own propagator. `jaeger` and `xray` need their official package.
     * Environment: `OTEL_PROPAGATORS`.
     * @defaultValue `['tracecontext', 'baggage']`
     */
    readonly propagators?: readonly (PropagatorName | TextMapPropagator)[];
    /**
     * Which traces are kept: the declarative form, or your own Sampler.
     * Environment: `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG`.
     * @defaultValue `{ parentBased: { root: { traceIdRatioBased: { ratio: 1 } } } }`
     */
    readonly sampler?: SamplerOption | Sampler;
    /**
     * Rules that are asked before the sampler, where a trace begins; the first that matches decides. Not asked with
     * your own Sampler.
     * Environment: `OTEL_NODE_SAMPLING_RULES`, such as `GET /feed/* -> rate 5; kind:consumer -> ratio 0.1`.
     * @defaultValue none
     */
    readonly samplingRules?: readonly SamplingRule[];
    /**
     * Paths whose GET and HEAD begin no trace; they are counted by `http.server.request.duration` all the same. `*` stands
     * for any characters. An empty list traces them all. Not asked with your own Sampler.
     * Environment: `OTEL_NODE_HEALTH_PATHS`, a list; `none` for an empty one.
     * @defaultValue those that orchestrators and scrapers ask: `/health`, `/healthz`, `/livez`, `/readyz`, `/metrics` and more (docs/sampling.md)
     */
    readonly healthPaths?: readonly string[];
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
     * Your own span exporters, each with a batch of its own beside that for `exporter`.
     * @defaultValue none
     */
    readonly spanExporters?: readonly SpanExporter[];
    /**
     * Your own log record processors, run before the batch: what they change is what is exported.
     * @defaultValue none
     */
    readonly logRecordProcessors?: readonly LogRecordProcessor[];
    /**
     * Your own log record exporters, each with a batch of its own beside that for `exporter`.
     * @defaultValue none
     */
    readonly logRecordExporters?: readonly LogRecordExporter[];
    /**
     * Your own metric readers, beside the export interval; each collects all metrics, cumulative.
     * @defaultValue none
     */
    readonly metricReaders?: readonly MetricReader[];
    /**
     * Your own metric exporters, given all metrics at each export interval, cumulative.
     * @defaultValue none
     */
    readonly metricExporters?: readonly MetricExporter[];
    /**
     * Views of instruments that the application makes. The HTTP durations keep their buckets and attributes.
     * @defaultValue none
     */
    readonly views?: readonly View[];
    /**
     * For libraries that open no door: names of OpenTelemetry's packages `@opentelemetry/instrumentation-{name}`, such
     * as `'pg'`, which the application has installed, and instrumentations of your own. They report to this SDK, and
     * are disabled by `shutdown()`. What is imported before `init()` they do not see: prefer `register` and the variable.
     * Environment: `OTEL_NODE_ENABLED_INSTRUMENTATIONS`, names separated by commas.
     * @defaultValue none
     */
    readonly instrumentations?: readonly (string | Instrumentation)[];
    /**
     * Whether a caller's trace context and baggage are continued: all callers', none, those from addresses in these CIDR ranges
     * (of the connection's peer), or those a function says yes to. Where not, a new trace begins with a link to the caller's.
     * So are `Forwarded`, `X-Forwarded-For` and `X-Forwarded-Host`, for `client.address`, `server.address` and `server.port`.
     * Environment: `OTEL_NODE_TRUST_INCOMING` (`true`, `false`, ranges).
     * @defaultValue `true`
     */
    readonly trustIncoming?: boolean | readonly string[] | ((request: IncomingMessage) => boolean);
    /**
     * Where baggage is sent, and what of it becomes attributes.
     * Environment: `OTEL_NODE_BAGGAGE_HOSTS`, `OTEL_NODE_BAGGAGE_ATTRIBUTES`.
     * @defaultValue internal hosts only, no attributes
     */
    readonly baggage?: BaggageOption;
    /**
     * What is measured of HTTP beside the durations.
     * @defaultValue nothing more
     */
    readonly http?: HttpOption;
    /**
     * What of the semantic conventions is emitted for a migration: with `'http/dup'` HTTP spans and durations carry the names
     * from before the conventions were stable too (`http.method`, `http.status_code`, `http.server.duration` in milliseconds).
     * Environment: `OTEL_SEMCONV_STABILITY_OPT_IN`, separated by commas.
     * @defaultValue none: the stable names alone
     */
    readonly semconvStabilityOptIn?: readonly string[];
    /**
     * Where the exceptions that are recorded by themselves go: events of their span, log records in its
     * trace, or both. `span.recordException()` of your own stays an event.
     * Environment: `OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN` (`logs`, `logs/dup`).
     * @defaultValue `'events'`
     */
    readonly exceptionSignal?: ExceptionSignal;
    /**
     * What is not to be observed: `http` (node:http, servers and clients), `undici` (fetch), `express`,
     * `fastify`, `nestjs` (controller spans), `winston` (log records over OTLP), `runtime` (metrics of Node.js).
     * Environment: `OTEL_NODE_DISABLED_INSTRUMENTATIONS`, separated by commas.
     * @defaultValue none
     */
    readonly disabledInstrumentations?: readonly string[];
    /**
     * Requests that are not observed, served ones and made ones: one that matches makes no span and no
     * metric, and neither does what is done to serve it. Regular expressions, searched for anywhere in the
     * whole URL, `http://shop:8080/health?full=1`, as the application sees it.
     * Environment: `OTEL_NODE_EXCLUDED_URLS`, separated by commas.
     * @defaultValue none
     */
    readonly excludedUrls?: readonly (string | RegExp)[];
    /**
     * What is replaced by `REDACTED` in URLs and captured headers.
     * @defaultValue user names and passwords in URLs, and the query keys that the semantic conventions name
     */
    readonly redaction?: RedactionOption;
    /**
     * Headers that become attributes of HTTP spans.
     * @defaultValue none
     */
    readonly capturedHeaders?: CapturedHeadersOption;
    /**
     * Throw a SettingsError for a setting that cannot be used, instead of reporting it and using the default.
     * Environment: `OTEL_NODE_STRICT`.
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

/** Instruments a library; an Instrumentation of `@opentelemetry/instrumentation` is one. */
export interface Instrumentation {
    readonly instrumentationName: string;
    setTracerProvider(provider: TracerProvider): void;
    setMeterProvider(provider: MeterProvider): void;
    setLoggerProvider?(provider: LoggerProvider): void;
    enable(): void;
    disable(): void;
}

/** Limits of attributes; what is over them is cut off or dropped, and counted. */
export interface LimitsOption {
    /** Characters of a value. @defaultValue `Infinity` */
    readonly attributeValueLengthLimit?: number;
    /** Attributes of one span or record. @defaultValue `128` */
    readonly attributeCountLimit?: number;
}

/** A detector that looks at this machine only. */
export type LocalDetectorName = 'env' | 'host' | 'os' | 'process' | 'serviceinstance' | 'container' | 'k8s';

/** Takes batches of log records somewhere else; a LogRecordExporter of `@opentelemetry/sdk-logs` is one. */
export interface LogRecordExporter {
    export(records: FinishedLogRecord[], done: (result: ExporterResult) => void): void;
    shutdown(): Promise<void>;
}

/** Sees every log record before it is batched, and may change it; a LogRecordProcessor of `@opentelemetry/sdk-logs` is one. */
export interface LogRecordProcessor {
    onEmit(record: EmittedLogRecord, context?: Context): void;
    forceFlush(): Promise<void>;
    shutdown(): Promise<void>;
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

/** Takes all metrics somewhere else at each export interval, cumulative; a PushMetricExporter of `@opentelemetry/sdk-metrics` is one. */
export interface MetricExporter {
    export(metrics: ResourceMetrics, done: (result: ExporterResult) => void): void;
    shutdown(): Promise<void>;
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

/** Collects the metrics when it likes to; a MetricReader of `@opentelemetry/sdk-metrics` is one. */
export interface MetricReader {
    /** Called once, with what it collects from. */
    setMetricProducer(producer: MetricProducer): void;
    forceFlush(): Promise<void>;
    shutdown(): Promise<void>;
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
    /** Leave out what became of the telemetry itself (`otel.sdk.*`). Environment: `OTEL_NODE_SDK_METRICS_DISABLED`. @defaultValue `false` */
    readonly sdkMetricsDisabled?: boolean;
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
    /** Certificates, for https. A file that cannot be used stops delivery. */
    readonly tls?: TlsOption;
    /** Only over gRPC, for an endpoint without a scheme: send without TLS. Environment: `OTEL_EXPORTER_OTLP_INSECURE`. @defaultValue `false` */
    readonly insecure?: boolean;
}

/** The specification's ParentBased: which sampler is asked, by what is known of the parent. */
export interface ParentBasedOption {
    /** Where a trace begins. @defaultValue `{ alwaysOn: {} }` */
    readonly root?: SamplerOption;
    /** The caller keeps the trace. @defaultValue `{ alwaysOn: {} }` */
    readonly remoteParentSampled?: SamplerOption;
    /** The caller does not keep the trace. @defaultValue `{ alwaysOff: {} }` */
    readonly remoteParentNotSampled?: SamplerOption;
    /** Inside a kept span of this process. @defaultValue `{ alwaysOn: {} }` */
    readonly localParentSampled?: SamplerOption;
    /** Inside a span of this process that is not kept. @defaultValue `{ alwaysOff: {} }` */
    readonly localParentNotSampled?: SamplerOption;
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

/** A header format: W3C Trace Context, W3C Baggage, B3, that of an official package that is installed, or nothing at all. */
export type PropagatorName = 'tracecontext' | 'baggage' | 'b3' | 'b3multi' | 'jaeger' | 'xray' | 'none';

/**
 * Which values in URLs and captured headers are replaced by `REDACTED`, beside a URL's user name and
 * password and the query keys that the semantic conventions call sensitive. What is named here adds to
 * those and takes none away.
 */
export interface RedactionOption {
    /**
     * More query keys whose values are secrets, such as `['token', 'api_key']`. Case is ignored.
     * Environment: `OTEL_NODE_REDACTED_QUERY_KEYS`, separated by commas.
     * @defaultValue none
     */
    readonly queryKeys?: readonly string[];
    /**
     * Replaces every value in a query; keys stay.
     * Environment: `OTEL_NODE_REDACT_ALL_QUERY_VALUES`.
     * @defaultValue `false`
     */
    readonly allQueryValues?: boolean;
    /**
     * More headers whose values are secrets, should they be captured, beside `authorization`,
     * `proxy-authorization`, `cookie` and `set-cookie`. Case is ignored.
     * Environment: `OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SANITIZE_FIELDS`, separated by commas.
     * @defaultValue none
     */
    readonly headers?: readonly string[];
}

/**
 * Finds out where the process runs; a ResourceDetector of `@opentelemetry/resources` is one.
 *
 * @example
 * ```ts
 * const rack: ResourceDetector = { detect: () => ({ attributes: { 'rack.id': readRack() } }) };
 * ```
 */
export interface ResourceDetector {
    /** Called once, by `init()`. Values that are promises are waited for before the first export, for `resource.timeoutMillis` at most. */
    detect(): DetectedAttributes;
}

/** A detector by name; those of a cloud need their official package. */
export type ResourceDetectorName = LocalDetectorName | 'alibaba' | 'aws' | 'azure' | 'gcp';

/** Every metric of a process, by scope. */
export interface ResourceMetrics {
    resource: {
        readonly attributes: Attributes;
    };
    scopeMetrics: ScopeMetrics[];
}

/** Attributes that describe the service, and who finds them. */
export interface ResourceOption {
    /** Resource attributes by name. Environment: `OTEL_RESOURCE_ATTRIBUTES`. @defaultValue none */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    /**
     * Detectors, by name or your own; a later one wins. `alibaba`, `aws`, `azure` and `gcp` need their official package and ask
     * the network. Environment: `OTEL_NODE_RESOURCE_DETECTORS`; `all` for all that look at this machine, `none` for none.
     * @defaultValue `['env', 'host', 'os', 'process', 'serviceinstance', 'container', 'k8s']`
     */
    readonly detectors?: readonly (ResourceDetectorName | ResourceDetector)[];
    /**
     * Milliseconds the first export waits for detectors; what comes later is left out. Start waits for none.
     * Environment: `OTEL_NODE_RESOURCE_TIMEOUT`.
     * @defaultValue `2000`
     */
    readonly timeoutMillis?: number;
}

/** A route template, or a function that is asked for it when the request ends. */
export type Route = string | (() => string | undefined);

/** The first rule that matches decides; what no rule matches is the fallback's. */
export interface RuleBasedOption {
    readonly rules: readonly SamplingRule[];
    /** @defaultValue `{ alwaysOn: {} }` */
    readonly fallback?: SamplerOption;
}

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
    readonly parentBased: ParentBasedOption;
} | {
    readonly rateLimited: {
        readonly tracesPerSecond: number;
    };
} | {
    readonly ruleBased: RuleBasedOption;
};

/**
 * A rule for what begins with a certain span. All conditions that are given must hold; `*` in a path or an
 * attribute's value stands for any characters, `?` for one. A head sampler runs before the
 * route is known: rules see the path.
 *
 * @example
 * ```ts
 * const rule: SamplingRule = { methods: ['GET'], path: '/feed/*', sampler: { rateLimited: { tracesPerSecond: 5 } } };
 * ```
 */
export interface SamplingRule {
    /** Request methods in capitals. @defaultValue any, and spans that are about no request */
    readonly methods?: readonly string[];
    /** The path without the query. @defaultValue any */
    readonly path?: string;
    /** @defaultValue any */
    readonly spanKinds?: readonly SpanKindName[];
    /** Attributes the span starts with. Asking for them costs a request that is not kept about 1 us. @defaultValue none is asked for */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    /** Who decides: `{ alwaysOff: {} }` drops, `{ alwaysOn: {} }` keeps, `traceIdRatioBased` keeps a share, `rateLimited` so many a second. */
    readonly sampler: SamplerOption;
}

/** The metrics of one instrumentation scope. */
export interface ScopeMetrics {
    scope: {
        readonly name: string;
        readonly version?: string;
        readonly schemaUrl?: string;
    };
    metrics: MetricData[];
}

/**
 * A span that a scope ends: `using`, `await using`, or `end()`.
 *
 * @example
 * ```ts
 * using span: ScopedSpan = startSpan('import');
 * ```
 */
export interface ScopedSpan extends Span, Disposable, AsyncDisposable {
    /** Runs a function with this span active and returns what it returns; neither ends the span nor records errors. */
    run<T>(work: () => T): T;
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

/** OTLP for all three signals, with what cannot be told for one alone. */
export interface SharedOtlpHttpOption extends OtlpHttpOption {
    /**
     * Whether headers that hold a credential, and user and password of the endpoint, go over plain HTTP to
     * another machine too; else they are left out there, and said. For all signals.
     * Environment: `OTEL_NODE_ALLOW_PLAINTEXT_CREDENTIALS`. @defaultValue `false`
     */
    readonly allowPlaintextCredentials?: boolean;
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

/** Takes batches of spans somewhere else; a SpanExporter of `@opentelemetry/sdk-trace` is one. */
export interface SpanExporter {
    export(spans: FinishedSpan[], done: (result: ExporterResult) => void): void;
    shutdown(): Promise<void>;
}

/** The kind of a span, as rules name it. */
export type SpanKindName = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

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
    /** 2 hex digits: bit `01` sampled, bit `02` a random trace id (W3C Trace Context level 2); a trace that begins here and is kept has `03`. */
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

/**
 * The request that is being served now: the one in whose context the caller runs. `undefined` outside of
 * requests, for what goes on after the response has been sent, and without `init()`. Never throws.
 *
 * @example
 * ```ts
 * recordError(activeRequest(), error);
 * ```
 */
export declare function activeRequest(): IncomingMessage | undefined;

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
 * Adds attributes to the span that is active now. Does nothing where none is active, where it is not
 * kept, and without `init()`. Never throws.
 *
 * @example
 * ```ts
 * addSpanAttributes({ 'app.order': order.id, 'app.items': order.items.length });
 * ```
 */
export declare function addSpanAttributes(attributes: Attributes): void;

/**
 * Packs the active span and baggage into a plain object that can be posted, stored or queued; an empty one where
 * nothing is active. Never throws.
 *
 * @example
 * ```ts
 * worker.postMessage({ order, carried: carryContext() });
 * ```
 */
export declare function carryContext(): CarriedContext;

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
 * `error.type` of something thrown, as the semantic conventions have it: the class of an error, or of a plain one its code
 * or else its name; `_OTHER` of everything that is no error. Never the message. For adapters that set it. Never throws.
 *
 * @example
 * ```ts
 * span.setAttribute('error.type', errorType(error));
 * ```
 */
export declare function errorType(error: unknown): string;

/**
 * Starts telemetry for this process: traces, metrics and logs over OTLP. Synchronous; may be called
 * before or after any other import, and again: a second call returns the running handle and ignores
 * its options. `OTEL_SDK_DISABLED=true` turns everything off but the propagators.
 *
 * A setting that cannot be used is reported on stderr and its default is used.
 *
 * @throws SettingsError with `strict: true`, or `OTEL_NODE_STRICT=true`, when a setting cannot be used as given
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
 * Whether an instrumentation is switched off, by `disabledInstrumentations` or
 * `OTEL_NODE_DISABLED_INSTRUMENTATIONS`; `false` without `init()`. Never throws.
 *
 * @example
 * ```ts
 * if (!isInstrumentationDisabled('nestjs')) startControllerSpan();
 * ```
 */
export declare function isInstrumentationDisabled(name: string): boolean;

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
 * Records an error that was dealt with: one exception event for each error object, on the span that is
 * active. The span's status stays: whether the work failed is known to whoever goes on with it. Does
 * nothing where no span is active, and without `init()`. Never throws.
 *
 * @example
 * ```ts
 * try {
 *   await refreshCache();
 * } catch (error) {
 *   recordError(error);
 * }
 * ```
 */
export declare function recordError(error: unknown): void;

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
 * Runs work in a context that `carryContext()` packed, and returns what it returns: spans that it starts are children
 * of the span that was active there. What is not such a context is as good as an empty one: then the work is in no trace.
 * Throws nothing but what the work throws. Needs `init()` in this thread; without, the work runs as it is.
 *
 * @example
 * ```ts
 * parentPort.on('message', ({ order, carried }) => runWithCarried(carried, () => price(order)));
 * ```
 */
export declare function runWithCarried<T>(carried: CarriedContext | undefined, work: () => T): T;

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

/**
 * Starts a span that ends with the scope it is declared in, however that is left. It is not active by
 * itself, because an async function could not take it back from its caller: `run()` makes it so.
 * Errors are recorded by `withSpan()`, or by `recordError(error)` inside `run()`.
 *
 * @param options - Kind, attributes, links, start time, `root`. Default: kind internal, a child of the active span.
 *
 * @example
 * ```ts
 * {
 *   using span = startSpan('import', { attributes: { 'app.file': name } });
 *   const rows = span.run(() => readRows(name));
 *   span.setAttribute('app.rows', rows.length);
 * }
 * ```
 */
export declare function startSpan(name: string, options?: SpanOptions): ScopedSpan;

/**
 * Runs a function under a new span and returns what it returns. The span is active inside. It ends
 * when the function returns, or when what it returned settles. What it throws or rejects with is
 * recorded once, sets status ERROR and `error.type`, and goes on to the caller unchanged.
 *
 * A thenable that is no promise, such as a query builder, is run inside the span; a promise of its
 * result comes back. Without `init()` the function runs with a span that keeps nothing.
 *
 * @param name - Name of the span: of low cardinality, without ids.
 * @param options - Kind, attributes, links, start time, `root`. Default: kind internal, none of the others.
 *
 * @example
 * ```ts
 * const receipt = await withSpan('charge card', async (span) => {
 *   span.setAttribute('app.amount', amount);
 *   return charge(amount);
 * });
 * ```
 */
export declare function withSpan<T>(name: string, work: Work<PromiseLike<T>>): Promise<T>;

export declare function withSpan<T>(name: string, work: Work<T>): T;

export declare function withSpan<T>(name: string, options: SpanOptions | undefined, work: Work<PromiseLike<T>>): Promise<T>;

export declare function withSpan<T>(name: string, options: SpanOptions | undefined, work: Work<T>): T;

type ExemplarFilterName = (typeof exemplarFilterNames)[number];

type ExporterName = (typeof exporterNames)[number];

type HistogramAggregation = (typeof histogramAggregations)[number];

type Hook = (...args: any[]) => any;

type LogLevel = (typeof logLevels)[number];

type OtlpProtocol = (typeof otlpProtocols)[number];

type TemporalityPreference = (typeof temporalityPreferences)[number];

type Value = string | number | boolean | readonly string[] | undefined;

type Work<T> = (span: Span) => T;

/** The filters of the specification, by their names in OTEL_METRICS_EXEMPLAR_FILTER. */
declare const exemplarFilterNames: readonly ["trace_based", "always_on", "always_off"];

declare const exporterNames: readonly ["otlp", "console", "otlp/stdout"];

declare const histogramAggregations: readonly ["explicit_bucket_histogram", "base2_exponential_bucket_histogram"];

declare const logLevels: readonly ["none", "error", "warn", "info", "debug", "verbose", "all"];

declare const otlpProtocols: readonly ["http/protobuf", "http/json", "grpc"];

declare const temporalityPreferences: readonly ["cumulative", "delta", "lowmemory"];
