export { errorType } from './channels/error-type.ts';
export type { ExceptionSignal } from './channels/exception-signal.ts';
export { type FastifyApp, instrumentFastify } from './channels/instrument-fastify.ts';
export type { Route } from './channels/server-request.ts';
export { type CarriedContext, carryContext, runWithCarried } from './context/carried-context.ts';
export { currentTraceFields, type TraceFields } from './context/trace-fields.ts';
export type { SignalStats } from './export/tally.ts';
export { addSpanAttributes } from './helpers/add-span-attributes.ts';
export { type ScopedSpan, startSpan } from './helpers/start-span.ts';
export { withSpan } from './helpers/with-span.ts';
export { init } from './init.ts';
export {
  activeRequest,
  addMetricProducer,
  type CollectOptions,
  collectMetrics,
  isInstrumentationDisabled,
  onInstrument,
  recordError,
  setRoute,
} from './instance/adapter-doors.ts';
export type { InstrumentInfo } from './metrics/duration-histogram.ts';
export type { Exemplar } from './metrics/exemplar.ts';
export type { InstrumentListener } from './metrics/instrument-news.ts';
export type {
  CollectionResult,
  MetricData,
  MetricPoint,
  MetricProducer,
  ResourceMetrics,
  ScopeMetrics,
  SummaryValue,
} from './metrics/metric-model.ts';
export type { DetectedAttributes, ResourceDetector } from './resource/resource-detector.ts';
export type { BaggageOption } from './settings/baggage-option.ts';
export type { CapturedHeadersOption, HeaderNames } from './settings/captured-headers-option.ts';
export type {
  EmittedLogRecord,
  ExporterResult,
  FinishedLogRecord,
  Instrumentation,
  LogRecordExporter,
  LogRecordProcessor,
  MetricExporter,
  MetricReader,
  SpanExporter,
  View,
} from './settings/extensions-option.ts';
export type {
  BatchOption,
  BufferOption,
  ExporterOption,
  HttpOption,
  InitOptions,
  LimitsOption,
  LogsOption,
  MetricsOption,
  OtlpHttpOption,
  PrometheusOption,
  SharedOtlpHttpOption,
  SignalOption,
  SpanLimitsOption,
  TlsOption,
  TracesOption,
} from './settings/options.ts';
export type { PropagatorName } from './settings/propagation-settings.ts';
export type { RedactionOption } from './settings/redaction-option.ts';
export type { ResourceOption } from './settings/resource-option.ts';
export type { LocalDetectorName, ResourceDetectorName } from './settings/resource-settings.ts';
export type {
  ParentBasedOption,
  RuleBasedOption,
  SamplerOption,
  SamplingRule,
  SpanKindName,
} from './settings/sampler-option.ts';
export { type SettingProblem, SettingsError } from './settings/setting-problem.ts';
export type { FlushOptions, Telemetry, TelemetryStats } from './telemetry.ts';
export type { FinishedSpan, SpanProcessor } from './traces/span-processor.ts';
