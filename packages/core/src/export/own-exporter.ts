import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { bounded } from '../lifecycle/bounded.ts';
import { orElse, reasonText } from '../lifecycle/harmless.ts';
import { warn } from '../lifecycle/warnings.ts';
import type { ExporterResult } from '../settings/extensions-option.ts';
import type { BatchExporter, ExportOutcome, Settle } from './export-outcome.ts';

/** How long a batch may take, in milliseconds: OTEL_BSP_EXPORT_TIMEOUT's default. */
const TIMEOUT = 30_000;

/** What its requests would be recorded as. */
const silent = suppressTracing(ROOT_CONTEXT);

interface Exporter<T> {
  export(batch: T, done: (result: ExporterResult) => void): unknown;
  shutdown(): Promise<void>;
}

/**
 * An exporter of the application's own behind our contract: one batch at a time, each settled once,
 * whether it answers, throws or says nothing.
 */
export function ownExporter<T>(
  exporter: Exporter<T>,
  count: (batch: T) => number,
): BatchExporter<T> {
  const open = new Set<(outcome: ExportOutcome) => void>();

  function send(batch: T, settle: Settle): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(finish, TIMEOUT, late).unref();
      function finish(outcome: ExportOutcome): void {
        if (!open.delete(finish)) return;
        clearTimeout(timer);
        settle(count(batch), outcome);
        resolve();
      }
      const fail = (error: unknown) => finish({ delivered: false, error: asError(error) });
      open.add(finish);
      try {
        const exporting = context.with(silent, () =>
          exporter.export(batch, (result) => finish(outcomeOf(result))),
        );
        if (exporting instanceof Promise) exporting.catch(fail);
      } catch (error) {
        fail(error);
      }
    });
  }

  function giveUp(): void {
    for (const finish of [...open]) finish({ delivered: false, dropped: true });
  }

  return {
    export: send,
    async flush() {},
    giveUp,
    takeRest(batch, settle) {
      // It may write synchronously; what does not is lost with the process.
      if (batch !== undefined) void send(batch, settle);
      giveUp();
      return [];
    },
    shutdown: () => bounded('shutdown of an exporter', () => exporter.shutdown()),
  };
}

const late: ExportOutcome = {
  delivered: false,
  dropped: true,
  error: new Error(`it took longer than ${TIMEOUT / 1000} s`),
};

function outcomeOf(result: ExporterResult | undefined): ExportOutcome {
  if (result?.code === 0) return { delivered: true };
  return { delivered: false, error: asError(result?.error ?? 'it gave no reason') };
}

/** One whose message can be said. */
function asError(error: unknown): Error {
  const isSpeaking = orElse(
    () => error instanceof Error && typeof error.message === 'string',
    () => false,
  );
  return isSpeaking ? (error as Error) : new Error(reasonText(error));
}

/** Says what an exporter of the application's own has lost. */
export function exporterNews(kind: string): Settle {
  return (items, { delivered, error }) => {
    if (delivered || !error) return;
    warn(
      `losses at ${kind}`,
      `${kind} of the application's own lost ${items} items: ${error.message}; telemetry.stats() counts them`,
    );
  };
}
