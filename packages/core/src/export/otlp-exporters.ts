import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode, suppressTracing } from '@opentelemetry/core';
import { OTLPLogExporter as LogsOverJson } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as LogsOverProtobuf } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter as MetricsOverJson } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as MetricsOverProtobuf } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as TracesOverJson } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as TracesOverProtobuf } from '@opentelemetry/exporter-trace-otlp-proto';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { ResourceMetrics } from '../metrics/metric-model.ts';
import type { OtlpSettings } from '../settings/settings.ts';
import type { BatchExporter, ExportOutcome } from './export-outcome.ts';

/** Spans over OTLP; the only file that knows the official OTLP exporters. */
export function otlpTraces(settings: OtlpSettings): BatchExporter<ReadableSpan[]> {
  const Exporter = settings.encoding === 'json' ? TracesOverJson : TracesOverProtobuf;
  return officially(new Exporter(configuration(settings)));
}

/** Metrics over OTLP, cumulative. */
export function otlpMetrics(settings: OtlpSettings): BatchExporter<ResourceMetrics> {
  const Exporter = settings.encoding === 'json' ? MetricsOverJson : MetricsOverProtobuf;
  return officially(new Exporter(configuration(settings)));
}

/** Log records over OTLP. */
export function otlpLogs(settings: OtlpSettings): BatchExporter<ReadableLogRecord[]> {
  const Exporter = settings.encoding === 'json' ? LogsOverJson : LogsOverProtobuf;
  return officially(new Exporter(configuration(settings)));
}

type Configuration = NonNullable<ConstructorParameters<typeof TracesOverProtobuf>[0]>;

function configuration({ url, headers, compression, timeoutMillis }: OtlpSettings): Configuration {
  return {
    url,
    headers: { ...headers },
    compression: compression as NonNullable<Configuration['compression']>,
    timeoutMillis,
  };
}

/** The part of an official exporter that is used here. */
export interface CallbackExporter<T> {
  export(batch: T, done: (result: ExportResult) => void): void;
  shutdown(): Promise<void>;
}

/** An official exporter behind our contract: it never throws, and its own requests make no spans. */
export function officially<T>(exporter: CallbackExporter<T>): BatchExporter<T> {
  const silent = suppressTracing(ROOT_CONTEXT);
  const run = (batch: T, done: (result: ExportResult) => void) => exporter.export(batch, done);
  return {
    export: (batch) =>
      new Promise((resolve) => {
        const settle = (result: ExportResult) => resolve(outcomeOf(result));
        try {
          context.with(silent, run, undefined, batch, settle);
        } catch (error) {
          resolve({ delivered: false, error: asError(error) });
        }
      }),
    shutdown: () => exporter.shutdown(),
  };
}

function outcomeOf({ code, error }: ExportResult): ExportOutcome {
  if (code === ExportResultCode.SUCCESS) return { delivered: true };
  return { delivered: false, error: error ?? new Error('the exporter gave no reason') };
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
