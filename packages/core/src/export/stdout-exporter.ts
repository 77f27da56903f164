import type { Encoding } from './encode.ts';
import type { BatchExporter, ExportOutcome } from './export-outcome.ts';

/** OTLP file exporter to stdout: a line of OTLP JSON for each batch. */
export function stdoutExporter<T>(encoding: Encoding<T>): BatchExporter<T> {
  return {
    async export(batch, settle) {
      settle(encoding.count(batch), written(encoding, batch));
    },
    async flush() {},
    giveUp() {},
    takeRest(batch, settle) {
      if (batch !== undefined) settle(encoding.count(batch), written(encoding, batch));
      return [];
    },
    async shutdown() {},
  };
}

function written<T>(encoding: Encoding<T>, batch: T): ExportOutcome {
  try {
    process.stdout.write(`${Buffer.from(encoding.encode(batch)).toString('utf8')}\n`);
    return { delivered: true };
  } catch (error) {
    return { delivered: false, error: error as Error };
  }
}
