import type { IncomingMessage } from 'node:http';
import type { Sampler, TextMapPropagator } from '@opentelemetry/api';
import type { SpanProcessor } from '../traces/span-processor.ts';
import type { BaggageOption } from './baggage-option.ts';
import type { PropagatorName } from './propagation-settings.ts';
import type { ResourceOption } from './resource-option.ts';
import type { SamplerOption, SamplingRule } from './sampler-option.ts';

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
   * Whether a caller's trace context and baggage are continued: all callers', none, those from addresses in these CIDR ranges
   * (of the connection's peer), or those a function says yes to. Where not, a new trace begins with a link to the caller's.
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
