import type { OnAway } from '../export/delivery-line.ts';
import type { Settle } from '../export/export-outcome.ts';
import type { BufferSettings } from '../settings/settings.ts';
import { warn } from './warnings.ts';

/** What is heard of the delivery of one signal. */
export interface DeliveryNews {
  readonly onAway: OnAway;
  readonly onSettled: Settle;
}

/** What is known of one receiver. */
interface Outage {
  since: number | undefined;
  lost: number;
}

/**
 * Says that telemetry does not arrive, that some is lost now, and that it arrives again: each one
 * sentence a minute for one receiver, whichever signal it is.
 */
export function deliveryNews(buffer: BufferSettings): (url: string) => DeliveryNews {
  const outages = new Map<string, Outage>();
  return function newsOf(url) {
    const { origin } = new URL(url);
    const outage = outages.get(origin) ?? { since: undefined, lost: 0 };
    outages.set(origin, outage);
    return receiverNews(origin, outage, buffer);
  };
}

function receiverNews(origin: string, outage: Outage, buffer: BufferSettings): DeliveryNews {
  return {
    onAway(reason) {
      // A kept connection that the receiver closed meanwhile is no news.
      if (outage.since === undefined && codeOf(reason) === 'ECONNRESET') return;
      outage.since ??= performance.now();
      warn(
        `delivery to ${origin}`,
        `telemetry cannot be delivered to ${origin}: ${reasonOf(reason)}; is a collector listening there (OTEL_EXPORTER_OTLP_ENDPOINT)? It is kept (${boundsOf(buffer)}) and tried again, and lost if the process ends first`,
      );
    },
    onSettled(items, { delivered, error }) {
      if (delivered) sayRecovery(origin, outage);
      else outage.lost += items;
      if (!error) return;
      if (delivered)
        warn(`rejections of ${origin}`, `${origin} did not take everything: ${error.message}`);
      else
        warn(
          `losses at ${origin}`,
          `telemetry for ${origin} is being lost: ${items} items, because ${reasonOf(error)}; telemetry.stats() counts them`,
        );
    },
  };
}

function sayRecovery(origin: string, outage: Outage): void {
  if (outage.since === undefined) return;
  const seconds = Math.round((performance.now() - outage.since) / 1000);
  const losses = outage.lost > 0 ? `${outage.lost} items were lost meanwhile` : 'nothing was lost';
  warn(`recovery of ${origin}`, `${origin} takes telemetry again, after ${seconds} s; ${losses}`);
  outage.since = undefined;
  outage.lost = 0;
}

function boundsOf({ maxBytes, maxAgeMillis }: BufferSettings): string {
  return `up to ${Math.round(maxBytes / 1024)} KiB and ${Math.round(maxAgeMillis / 1000)} s`;
}

function codeOf(error: Error): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function reasonOf(error: Error): string {
  return error.message || codeOf(error) || 'no reason was given';
}
