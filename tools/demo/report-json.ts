import type { ChainReport } from './chain-report.ts';

/** The report for programs: times are nanoseconds since 1970, as strings because they are larger than a number holds exactly. */
export function reportJson({ trace, logs, metrics, missing, summary }: ChainReport): string {
  const report = {
    ok: missing.length === 0,
    summary,
    missing,
    traceId: trace?.traceId,
    spans: trace?.spans ?? [],
    logs,
    metrics,
  };
  return JSON.stringify(report, (_key, value) => (typeof value === 'bigint' ? `${value}` : value));
}
