import type { ExportOutcome } from '../export/export-outcome.ts';
import { warn } from './warnings.ts';

/** Says that telemetry does not arrive: one sentence a minute for one receiver, whichever signal it is. */
export function deliveryWarning(url: string): (outcome: ExportOutcome) => void {
  const { origin } = new URL(url);
  return function onOutcome({ delivered, error }) {
    if (delivered) {
      if (error)
        warn(`rejections of ${origin}`, `${origin} did not take everything: ${error.message}`);
      return;
    }
    warn(
      `delivery to ${origin}`,
      `telemetry cannot be delivered to ${origin}: ${reasonOf(error)}; is a collector listening there (OTEL_EXPORTER_OTLP_ENDPOINT)? What is not delivered is dropped and counted`,
    );
  };
}

function reasonOf(error: Error | undefined): string {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return error?.message || String(code ?? 'no reason given');
}
