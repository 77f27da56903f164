import type { SignalStats } from './tally.ts';

/** The counts of several exporters of one signal, added up. */
export function totalStats(parts: readonly { stats(): SignalStats }[]): SignalStats {
  const total = { queued: 0, exported: 0, dropped: 0, failed: 0 };
  for (const part of parts) {
    const { queued, exported, dropped, failed } = part.stats();
    total.queued += queued;
    total.exported += exported;
    total.dropped += dropped;
    total.failed += failed;
  }
  return total;
}
