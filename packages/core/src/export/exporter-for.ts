import { ConsoleLogRecordExporter, type ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { ConsoleMetricExporter } from '@opentelemetry/sdk-metrics';
import { ConsoleSpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';
import type { ResourceMetrics } from '../metrics/metric-model.ts';
import { countPoints } from '../metrics/metric-parts.ts';
import type { ExporterName, OtlpSettings, SignalName } from '../settings/settings.ts';
import { type CallbackExporter, consoleExporter } from './console-exporter.ts';
import type { OnAway } from './delivery-line.ts';
import { type Encoding, encodings } from './encode.ts';
import type { BatchExporter } from './export-outcome.ts';
import { otlpExporter } from './otlp-exporter.ts';
import type { RetryBuffer } from './retry-buffer.ts';
import { stdoutExporter } from './stdout-exporter.ts';
import { transportFor } from './transport-for.ts';

/** Nothing is encoded before `ready` resolves: the resource may be on its way. */
type Make<T> = (
  settings: OtlpSettings,
  buffer: RetryBuffer,
  onAway: OnAway,
  ready: Promise<void> | undefined,
) => BatchExporter<T>;
type Making<T> = Record<ExporterName, Make<T>>;

const length = (batch: readonly unknown[]) => batch.length;

/** OTLP for one signal, on the way that its protocol says. */
function overOtlp<T>(signal: SignalName, all: Record<'protobuf' | 'json', Encoding<T>>): Make<T> {
  return (settings, buffer, onAway, ready) => {
    const encoding = all[settings.protocol === 'grpc' ? 'protobuf' : settings.encoding];
    const transport = transportFor(signal, settings, encoding.contentType);
    return otlpExporter(transport, encoding, buffer, onAway, ready);
  };
}

/** Spans to where the setting says. */
export const spanExporters: Making<ReadableSpan[]> = {
  otlp: overOtlp('traces', encodings.traces),
  'otlp/stdout': () => stdoutExporter(encodings.traces.json),
  console: () => consoleExporter(new ConsoleSpanExporter(), length),
};

/** Metrics to where the setting says. */
export const metricExporters: Making<ResourceMetrics> = {
  otlp: overOtlp('metrics', encodings.metrics),
  'otlp/stdout': () => stdoutExporter(encodings.metrics.json),
  console: () =>
    consoleExporter(
      new ConsoleMetricExporter() as unknown as CallbackExporter<ResourceMetrics>,
      countPoints,
    ),
};

/** Log records to where the setting says. */
export const logExporters: Making<ReadableLogRecord[]> = {
  otlp: overOtlp('logs', encodings.logs),
  'otlp/stdout': () => stdoutExporter(encodings.logs.json),
  console: () => consoleExporter(new ConsoleLogRecordExporter(), length),
};
