import { availableParallelism, totalmem } from 'node:os';
import type { Cores } from './cores.ts';
import type { Amount } from './measure-series.ts';
import type { Series } from './series.ts';

/** What the figures of a run depend on, without the name of any machine. */
export interface RunDescription {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly node: string;
  readonly machine: {
    readonly platform: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly placement: Cores['placement'];
  };
  /** Exact versions of what was installed. */
  readonly versions: Readonly<Record<string, string>>;
  readonly amount: Amount;
}

/** Describes a run of now, on this machine. */
export function describeRun(
  series: readonly Series[],
  amount: Amount,
  cores: Cores,
): RunDescription {
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    machine: {
      platform: `${process.platform} ${process.arch}`,
      cores: availableParallelism(),
      memoryGb: Math.round(totalmem() / 2 ** 30),
      placement: cores.placement,
    },
    versions: versionsOf(series),
    amount,
  };
}

/** Nest 11 and 12 stand side by side, so each app says its own versions. */
function versionsOf(series: readonly Series[]): Record<string, string> {
  const all = series.flatMap(({ app, variants }) => [app, ...variants]);
  const versions: Record<string, string> = {};
  for (const [name, version] of all.flatMap((each) => Object.entries(each.dependencies))) {
    const known = versions[name]?.split(', ') ?? [];
    versions[name] = [...new Set([...known, version])].join(', ');
  }
  return versions;
}
