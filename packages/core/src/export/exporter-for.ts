import { ConsoleLogRecordExporter, type ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { ConsoleMetricExporter } from '@opentelemetry/sdk-metrics';
import { ConsoleSpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';
import type { ResourceMetrics } from '../metrics/metric-model.ts';
import { countPoints } from '../metrics/metric-parts.ts';
import type { ExporterName, OtlpSettings } from '../settings/settings.ts';
import { type CallbackExporter, consoleExporter } from './console-exporter.ts';
import type { OnAway } from './delivery-line.ts';
import { encodings } from './encode.ts';
import type { BatchExporter } from './export-outcome.ts';
import { otlpExporter } from './otlp-exporter.ts';
import type { RetryBuffer } from './retry-buffer.ts';

/** Nothing is encoded before `ready` resolves: the resource may be on its way. */
type Make<T> = (
  settings: OtlpSettings,
  buffer: RetryBuffer,
  onAway: OnAway,
  ready: Promise<void> | undefined,
) => BatchExporter<T>;
type Making<T> = Record<ExporterName, Make<T>>;

const length = (batch: readonly unknown[]) => batch.length;

/** Spans to where the setting says. */
export const spanExporters: Making<ReadableSpan[]> = {
  otlp: (settings, buffer, onAway, ready) =>
    otlpExporter(settings, encodings.traces[settings.encoding], buffer, onAway, ready),
  console: () => consoleExporter(new ConsoleSpanExporter(), length),
};

/** Metrics to where the setting says. */
export const metricExporters: Making<ResourceMetrics> = {
  otlp: (settings, buffer, onAway, ready) =>
    otlpExporter(settings, encodings.metrics[settings.encoding], buffer, onAway, ready),
  console: () =>
    consoleExporter(
      new ConsoleMetricExporter() as unknown as CallbackExporter<ResourceMetrics>,
      countPoints,
    ),
};

/** Log records to where the setting says. */
export const logExporters: Making<ReadableLogRecord[]> = {
  otlp: (settings, buffer, onAway, ready) =>
    otlpExporter(settings, encodings.logs[settings.encoding], buffer, onAway, ready),
  console: () => consoleExporter(new ConsoleLogRecordExporter(), length),
};
