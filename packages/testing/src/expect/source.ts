import type { RefusedRequest } from '../receive/receiver.ts';
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
  const counts = `arrived in all: ${traces} traces (${spans} spans), ${logs} log records, ${metrics} metrics`;
  const reasons = refused
    .slice(-3)
    .map(({ status, path, reason }) => `  ${status} ${path}: ${reason}`);
  if (refused.length === 0) return counts;
  return [`${counts}; ${refused.length} requests refused, the last:`, ...reasons].join('\n');
}
