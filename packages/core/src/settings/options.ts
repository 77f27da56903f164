import type { Sampler } from '@opentelemetry/api';
import type { ExemplarFilterName } from '../metrics/exemplar-filter.ts';
import type { SpanProcessor } from '../traces/span-processor.ts';
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

/** Attributes that describe the service, beside those found by themselves. */
export interface ResourceOption {
  /** Resource attributes by name. @defaultValue none */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/** A header format: W3C Trace Context, W3C Baggage, or nothing at all. */
export type PropagatorName = 'tracecontext' | 'baggage' | 'none';

/** A sampler in the form of declarative configuration. */
export type SamplerOption =
  | { readonly alwaysOn: object }
  | { readonly alwaysOff: object }
  | { readonly traceIdRatioBased: { readonly ratio: number } }
  | { readonly parentBased: { readonly root?: SamplerOption } };

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
