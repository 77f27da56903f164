import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { BatchExporter } from './export-outcome.ts';

/** The part of the SDK's console exporters that is used here. */
export interface CallbackExporter<T> {
  export(batch: T, done: (result: ExportResult) => void): void;
}

/** One of the SDK's console exporters behind our contract. */
export function consoleExporter<T>(exporter: CallbackExporter<T>): BatchExporter<T> {
  return {
    export: (batch) =>
      new Promise((resolve) => {
        exporter.export(batch, ({ code, error }) =>
          resolve({ delivered: code === ExportResultCode.SUCCESS, ...(error ? { error } : {}) }),
        );
      }),
    giveUp() {},
    async shutdown() {},
  };
}
