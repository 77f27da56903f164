import type { IncomingMessage } from 'node:http';
import type { Sampler, TextMapPropagator } from '@opentelemetry/api';
import type { ExceptionSignal } from '../channels/exception-signal.ts';
import type { ExemplarFilterName } from '../metrics/exemplar-filter.ts';
import type { SpanProcessor } from '../traces/span-processor.ts';
import type { BaggageOption } from './baggage-option.ts';
import type { CapturedHeadersOption } from './captured-headers-option.ts';
import type {
  Instrumentation,
  LogRecordExporter,
  LogRecordProcessor,
  MetricExporter,
  MetricReader,
  SpanExporter,
  View,
} from './extensions-option.ts';
import type { PropagatorName } from './propagation-settings.ts';
import type { RedactionOption } from './redaction-option.ts';
import type { ResourceOption } from './resource-option.ts';
import type { SamplerOption, SamplingRule } from './sampler-option.ts';
import type {
  ExporterName,
  HistogramAggregation,
  LogLevel,
  OtlpProtocol,
  TemporalityPreference,
} from './settings.ts';

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

/** OTLP for all three signals, with what cannot be told for one alone. */
export interface SharedOtlpHttpOption extends OtlpHttpOption {
  /**
   * Whether headers that hold a credential, and user and password of the endpoint, go over plain HTTP to
   * another machine too; else they are left out there, and said. For all signals.
   * Environment: `OTEL_NODE_ALLOW_PLAINTEXT_CREDENTIALS`. @defaultValue `false`
   */
  readonly allowPlaintextCredentials?: boolean;
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

/** What all signals have in common. */
export interface SignalOption {
  /** One or several; `[]` is none. @defaultValue `['otlp']` */
  readonly exporters?: readonly ExporterName[];
  /** The receiver of this signal. Its `endpoint` is taken as it is, with no path added. @defaultValue `exporter.otlpHttp` */
  readonly otlpHttp?: OtlpHttpOption;
}

/** Settings of traces alone. */
export interface TracesOption extends SignalOption {
  /** Environment: `OTEL_BSP_*`. */
  readonly batch?: BatchOption;
  /** Environment: `OTEL_SPAN_*`, `OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT`, `OTEL_LINK_ATTRIBUTE_COUNT_LIMIT`. */
  readonly limits?: SpanLimitsOption;
}

/** Settings of log records alone. */
export interface LogsOption extends SignalOption {
  /** Environment: `OTEL_BLRP_*`. */
  readonly batch?: BatchOption;
  /** Environment: `OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT`, `OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT`. */
  readonly limits?: LimitsOption;
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

/** Limits of attributes; what is over them is cut off or dropped, and counted. */
export interface LimitsOption {
  /** Characters of a value. @defaultValue `Infinity` */
  readonly attributeValueLengthLimit?: number;
  /** Attributes of one span or record. @defaultValue `128` */
  readonly attributeCountLimit?: number;
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

/** PEM files for TLS. */
export interface TlsOption {
  /** Certificates to trust. Environment: `OTEL_EXPORTER_OTLP_CERTIFICATE`. @defaultValue those of Node */
  readonly caFile?: string;
  /** Private key of this client. Environment: `OTEL_EXPORTER_OTLP_CLIENT_KEY`. @defaultValue none */
  readonly keyFile?: string;
  /** Certificate of this client. Environment: `OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE`. @defaultValue none */
  readonly certFile?: string;
}

/** What is kept of encoded, compressed batches that the receiver does not take now; the oldest go first, counted. */
export interface BufferOption {
  /** Bytes, 1 or more. Environment: `OTEL_NODE_BUFFER_MAX_BYTES`. @defaultValue `33554432` (32 MiB) */
  readonly maxBytes?: number;
  /** Milliseconds, 1 or more. Environment: `OTEL_NODE_BUFFER_MAX_AGE`. @defaultValue `300000` */
  readonly maxAgeMillis?: number;
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
