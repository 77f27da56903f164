import type { ExceptionSignal } from '../channels/exception-signal.ts';
import type { ExemplarFilterName } from '../metrics/exemplar-filter.ts';
import type { OwnInstrumentation } from './instrumentation-names.ts';
import type { PropagationSettings } from './propagation-settings.ts';
import type { CapturedHeaders } from './read-captured-headers.ts';
import type { Extensions } from './read-extensions.ts';
import type { HttpSettings } from './read-http.ts';
import type { RedactionSettings } from './read-redaction.ts';
import type { DetectionSettings } from './resource-settings.ts';
import type { SamplingSettings } from './sampling-settings.ts';

/** Everything the pipelines need to know, checked once; nothing after this reads the environment. */
export interface Settings extends SamplingSettings, PropagationSettings {
  readonly disabled: boolean;
  readonly serviceName: string | undefined;
  readonly detection: DetectionSettings;
  readonly resourceAttributes: Readonly<Record<string, string | number | boolean>>;
  readonly extensions: Extensions;
  /** What is not observed. */
  readonly disabledInstrumentations: ReadonlySet<OwnInstrumentation>;
  /** OpenTelemetry's own packages that are wanted. */
  readonly enabledInstrumentations: readonly string[];
  /** URLs of requests that are not observed. */
  readonly excludedUrls: RegExp | undefined;
  readonly redaction: RedactionSettings;
  readonly capturedHeaders: CapturedHeaders;
  /** Whether a setting that cannot be used ends the start. */
  readonly strict: boolean;
  readonly diagnostics: boolean;
  readonly logLevel: LogLevel;
  readonly buffer: BufferSettings;
  readonly http: HttpSettings;
  readonly exceptionSignal: ExceptionSignal;
  readonly traces: TraceSettings;
  readonly metrics: MetricSettings;
  readonly logs: LogSettings;
}

export const logLevels = ['none', 'error', 'warn', 'info', 'debug', 'verbose', 'all'] as const;

export type LogLevel = (typeof logLevels)[number];

export type SignalName = 'traces' | 'metrics' | 'logs';

export const exporterNames = ['otlp', 'console', 'otlp/stdout'] as const;

export type ExporterName = (typeof exporterNames)[number];

export const otlpProtocols = ['http/protobuf', 'http/json', 'grpc'] as const;

export type OtlpProtocol = (typeof otlpProtocols)[number];

export const temporalityPreferences = ['cumulative', 'delta', 'lowmemory'] as const;

export type TemporalityPreference = (typeof temporalityPreferences)[number];

export const histogramAggregations = [
  'explicit_bucket_histogram',
  'base2_exponential_bucket_histogram',
] as const;

export type HistogramAggregation = (typeof histogramAggregations)[number];

export interface SignalSettings {
  readonly exporters: readonly ExporterName[];
  readonly otlp: OtlpSettings;
  readonly batch: BatchSettings;
}

export interface TraceSettings extends SignalSettings {
  readonly limits: SpanLimitSettings;
}

export interface LogSettings extends SignalSettings {
  readonly limits: LimitSettings;
}

/** Infinity is no limit. */
export interface LimitSettings {
  readonly attributeValueLengthLimit: number;
  readonly attributeCountLimit: number;
}

export interface SpanLimitSettings extends LimitSettings {
  readonly eventCountLimit: number;
  readonly linkCountLimit: number;
  readonly eventAttributeCountLimit: number;
  readonly linkAttributeCountLimit: number;
}

export interface MetricSettings extends SignalSettings {
  readonly exemplarFilter: ExemplarFilterName;
  readonly temporalityPreference: TemporalityPreference;
  readonly histogramAggregation: HistogramAggregation;
  /** Whether it is reported what became of the telemetry itself. */
  readonly ofDelivery: boolean;
  /** Undefined unless metrics are to be pulled. */
  readonly prometheus: PrometheusSettings | undefined;
}

export interface PrometheusSettings {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly bearerToken: string | undefined;
}

export interface OtlpSettings {
  readonly protocol: OtlpProtocol;
  readonly url: string;
  readonly encoding: 'protobuf' | 'json';
  readonly headers: Readonly<Record<string, string>>;
  readonly compression: 'gzip' | 'none';
  readonly timeoutMillis: number;
  /** Undefined: what Node trusts, and no client certificate. */
  readonly tls: TlsFiles | undefined;
  /** Undefined: the receiver is asked directly. */
  readonly proxy: ProxySettings | undefined;
  /** Why nothing may be sent: a TLS file that cannot be used. */
  readonly refusal: string | undefined;
}

/** Environment variables of a proxy, as the agents of node:http take them. */
export type ProxySettings = Readonly<Record<string, string>>;

/** PEM texts of the files that the settings name. */
export interface TlsFiles {
  readonly ca?: string;
  readonly key?: string;
  readonly cert?: string;
}

export interface BatchSettings {
  /** Items kept while an export is under way; more are dropped and counted. */
  readonly maxQueueSize: number;
  /** Items in one export. */
  readonly maxBatchSize: number;
  /** Longest wait before a batch that is not full leaves; for metrics, the interval. */
  readonly delayMillis: number;
}

/** What may be kept of all signals together while a receiver is away. */
export interface BufferSettings {
  /** Bytes of encoded batches. */
  readonly maxBytes: number;
  readonly maxAgeMillis: number;
}
