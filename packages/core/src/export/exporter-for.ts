import { ConsoleLogRecordExporter, type ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { ConsoleMetricExporter } from '@opentelemetry/sdk-metrics';
import { ConsoleSpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';
import type { ResourceMetrics } from '../metrics/metric-model.ts';
import type { ExporterName, OtlpSettings } from '../settings/settings.ts';
import { type CallbackExporter, consoleExporter } from './console-exporter.ts';
import { encodings } from './encode.ts';
import type { BatchExporter } from './export-outcome.ts';
import { otlpExporter } from './otlp-exporter.ts';

type Making<T> = Record<ExporterName, (settings: OtlpSettings) => BatchExporter<T>>;

/** Spans to where the setting says. */
export const spanExporters: Making<ReadableSpan[]> = {
  otlp: (settings) => otlpExporter(settings, encodings.traces[settings.encoding]),
  console: () => consoleExporter(new ConsoleSpanExporter()),
};

/** Metrics to where the setting says. */
export const metricExporters: Making<ResourceMetrics> = {
  otlp: (settings) => otlpExporter(settings, encodings.metrics[settings.encoding]),
  console: () =>
    consoleExporter(new ConsoleMetricExporter() as unknown as CallbackExporter<ResourceMetrics>),
};

/** Log records to where the setting says. */
export const logExporters: Making<ReadableLogRecord[]> = {
  otlp: (settings) => otlpExporter(settings, encodings.logs[settings.encoding]),
  console: () => consoleExporter(new ConsoleLogRecordExporter()),
};
