import type { OtlpSettings } from '../settings/settings.ts';
import { Delivery } from './delivery.ts';
import type { Encoding } from './encode.ts';
import type { BatchExporter, ExportOutcome } from './export-outcome.ts';

/** One signal over OTLP/HTTP: its batches are encoded, then delivered. */
export function otlpExporter<T>(settings: OtlpSettings, encoding: Encoding<T>): BatchExporter<T> {
  const delivery = new Delivery(settings, encoding.contentType);

  async function exportBatch(batch: T): Promise<ExportOutcome> {
    try {
      const answer = await delivery.deliver(encoding.encode(batch));
      return outcomeOf(encoding, answer);
    } catch (error) {
      return { delivered: false, error: error as Error };
    }
  }

  return {
    export: exportBatch,
    giveUp: () => delivery.giveUp(),
    shutdown: async () => delivery.close(),
  };
}

/** An answer that cannot be read was an acknowledgement all the same. */
function outcomeOf<T>(encoding: Encoding<T>, answer: Uint8Array): ExportOutcome {
  try {
    const partial = encoding.partialSuccess(answer);
    if (!partial) return { delivered: true };
    const error = new Error(`it rejected ${partial.rejected} items: ${partial.message}`);
    return { delivered: true, rejected: partial.rejected, error };
  } catch {
    return { delivered: true };
  }
}
