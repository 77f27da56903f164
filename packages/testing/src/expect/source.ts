import type { RefusedRequest } from '../receive/receiver.ts';
import { plural } from '../show/plural.ts';
import type { TelemetryStore } from '../store/telemetry.store.ts';

/** Where the matchers look: a collector, or a store by itself. */
export type TelemetrySource =
  | TelemetryStore
  | { readonly store: TelemetryStore; readonly refused?: readonly RefusedRequest[] };

/** The store of a source. */
export function storeOf(source: TelemetrySource): TelemetryStore {
  return 'store' in source ? source.store : source;
}

/** What a failing matcher should also say: how much arrived, and what the receiver had to refuse. */
export function arrivals(source: TelemetrySource): string {
  const { spans, traces, logs, metrics } = storeOf(source).counts;
  const refused = 'store' in source ? (source.refused ?? []) : [];
  const counts = [
    `${plural(traces, 'trace')} (${plural(spans, 'span')})`,
    plural(logs, 'log record'),
    plural(metrics, 'metric'),
  ];
  const arrived = `arrived in all: ${counts.join(', ')}`;
  if (refused.length === 0) return arrived;
  const reasons = refused.slice(-3).map((one) => `  ${one.status} ${one.path}: ${one.reason}`);
  return [`${arrived}; ${plural(refused.length, 'request')} refused, the last:`, ...reasons].join(
    '\n',
  );
}
