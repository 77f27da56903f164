import type { Sampler, TextMapPropagator } from '@opentelemetry/api';
import type { ExemplarFilterName } from '../metrics/exemplar-filter.ts';
import type { OwnInstrumentation } from './instrumentation-names.ts';
import type { PropagatorName, SamplerOption } from './options.ts';
import type { CapturedHeaders } from './read-captured-headers.ts';
import type { Extensions } from './read-extensions.ts';
import type { RedactionSettings } from './read-redaction.ts';

/** Everything the pipelines need to know, checked once; nothing after this reads the environment. */
export interface Settings {
  readonly disabled: boolean;
  readonly serviceName: string | undefined;
  readonly resourceAttributes: Readonly<Record<string, string | number | boolean>>;
  readonly propagators: readonly (PropagatorName | TextMapPropagator)[];
  readonly sampler: SamplerOption | Sampler;
  readonly extensions: Extensions;
  readonly trustIncoming: boolean;
  /** What is not observed. */
  readonly disabledInstrumentations: ReadonlySet<OwnInstrumentation>;
  /** OpenTelemetry's own packages that are wanted. */
  readonly enabledInstrumentations: readonly string[];
  /** URLs of requests that are not observed. */
  readonly excludedUrls: RegExp | undefined;
  readonly redaction: RedactionSettings;
  readonly capturedHeaders: CapturedHeaders;
  readonly diagnostics: boolean;
  readonly logLevel: LogLevel;
  readonly buffer: BufferSettings;
  readonly traces: SignalSettings;
  readonly metrics: MetricSettings;
  readonly logs: SignalSettings;
}

export type LogLevel = 'none' | 'error' | 'warn' | 'info' | 'debug' | 'verbose' | 'all';

export type SignalName = 'traces' | 'metrics' | 'logs';

export type ExporterName = 'otlp' | 'console';

export interface SignalSettings {
  readonly exporters: readonly ExporterName[];
  readonly otlp: OtlpSettings;
  readonly batch: BatchSettings;
}

export interface MetricSettings extends SignalSettings {
  readonly exemplarFilter: ExemplarFilterName;
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
  readonly url: string;
  readonly encoding: 'protobuf' | 'json';
  readonly headers: Readonly<Record<string, string>>;
  readonly compression: 'gzip' | 'none';
  readonly timeoutMillis: number;
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
