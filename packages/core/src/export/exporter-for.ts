import { ConsoleLogRecordExporter, type ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { ConsoleMetricExporter } from '@opentelemetry/sdk-metrics';
import { ConsoleSpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';
import type { ResourceMetrics } from '../metrics/metric-model.ts';
import type { ExporterName, OtlpSettings } from '../settings/settings.ts';
import type { BatchExporter } from './export-outcome.ts';
import { officially, otlpLogs, otlpMetrics, otlpTraces } from './otlp-exporters.ts';

type Making<T> = Record<ExporterName, (settings: OtlpSettings) => BatchExporter<T>>;

/** Spans to where the setting says. */
export const spanExporters: Making<ReadableSpan[]> = {
  otlp: otlpTraces,
  console: () => officially(new ConsoleSpanExporter()),
};

/** Metrics to where the setting says. */
export const metricExporters: Making<ResourceMetrics> = {
  otlp: otlpMetrics,
  console: () => officially(new ConsoleMetricExporter()),
};

/** Log records to where the setting says. */
export const logExporters: Making<ReadableLogRecord[]> = {
  otlp: otlpLogs,
  console: () => officially(new ConsoleLogRecordExporter()),
};
