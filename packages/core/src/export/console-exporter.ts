import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { BatchExporter, ExportOutcome } from './export-outcome.ts';

/** The part of the SDK's console exporters that is used here. */
export interface CallbackExporter<T> {
  export(batch: T, done: (result: ExportResult) => void): void;
}

/** One of the SDK's console exporters behind our contract. */
export function consoleExporter<T>(
  exporter: CallbackExporter<T>,
  count: (batch: T) => number,
): BatchExporter<T> {
  return {
    async export(batch, settle) {
      settle(count(batch), await exportOnce(exporter, batch));
    },
    async flush() {},
    giveUp() {},
    takeRest(batch, settle) {
      // It writes synchronously.
      if (batch !== undefined)
        exporter.export(batch, (result) => settle(count(batch), outcomeOf(result)));
      return [];
    },
    async shutdown() {},
  };
}

function exportOnce<T>(exporter: CallbackExporter<T>, batch: T): Promise<ExportOutcome> {
  return new Promise((resolve) => {
    try {
      exporter.export(batch, (result) => resolve(outcomeOf(result)));
    } catch (error) {
      resolve({ delivered: false, error: error as Error });
    }
  });
}

function outcomeOf({ code, error }: ExportResult): ExportOutcome {
  return { delivered: code === ExportResultCode.SUCCESS, ...(error ? { error } : {}) };
}
