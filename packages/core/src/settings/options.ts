import type { Sampler, TextMapPropagator } from '@opentelemetry/api';
import type { SpanProcessor } from '../traces/span-processor.ts';
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
import type { RedactionOption } from './redaction-option.ts';

/**
 * What the application tells `init()`. It mirrors OpenTelemetry's declarative configuration in
 * camelCase; an option wins over its environment variable, and the variable over the default.
 */
export interface InitOptions {
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
   * How trace context and baggage travel in headers: formats by name, and your own propagators.
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
   * Where telemetry goes.
   * Environment: `OTEL_EXPORTER_OTLP_*`, `OTEL_TRACES_EXPORTER`, `OTEL_METRICS_EXPORTER`, `OTEL_LOGS_EXPORTER`.
   * @defaultValue OTLP over http/protobuf to `http://localhost:4318`
   */
  readonly exporter?: ExporterOption;

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
   * Whether a caller's trace context is continued. `false` starts a new trace for every incoming
   * request and links it to the caller's.
   * @defaultValue `true`
   */
  readonly trustIncoming?: boolean;

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
   * @defaultValue `false`
   */
  readonly strict?: boolean;

  /**
   * Print at start what is in effect, in five lines on stderr.
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

/** OTLP over HTTP, for all three signals. */
export interface OtlpHttpOption {
  /** Base URL; `/v1/traces`, `/v1/metrics` and `/v1/logs` are added. Environment: `OTEL_EXPORTER_OTLP_ENDPOINT`. @defaultValue `http://localhost:4318` */
  readonly endpoint?: string;
  /** Environment: `OTEL_EXPORTER_OTLP_PROTOCOL` (`http/protobuf`, `http/json`). @defaultValue `'protobuf'` */
  readonly encoding?: 'protobuf' | 'json';
  /** Request headers, such as an API key. Environment: `OTEL_EXPORTER_OTLP_HEADERS`. @defaultValue none */
  readonly headers?: Readonly<Record<string, string>>;
  /** Environment: `OTEL_EXPORTER_OTLP_COMPRESSION`. @defaultValue `'none'` */
  readonly compression?: 'gzip' | 'none';
  /** Milliseconds one attempt to deliver a batch may take, its answer included. Environment: `OTEL_EXPORTER_OTLP_TIMEOUT`. @defaultValue `10000` */
  readonly timeout?: number;
}

/** What is kept of encoded, compressed batches that the receiver does not take now; the oldest go first, counted. */
export interface BufferOption {
  /** Bytes, 1 or more. Environment: `OTEL_NODE_BUFFER_MAX_BYTES`. @defaultValue `33554432` (32 MiB) */
  readonly maxBytes?: number;
  /** Milliseconds, 1 or more. Environment: `OTEL_NODE_BUFFER_MAX_AGE`. @defaultValue `300000` */
  readonly maxAgeMillis?: number;
}
