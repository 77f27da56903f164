import { join } from 'node:path';
import {
  createStore,
  type LogRecord,
  type Metric,
  type Span,
  type TelemetryStore,
} from '@org/otel-testing';
import { repository } from '../../tools/repository.ts';
import { type Exit, spawnApp } from '../support/spawn-app.ts';

/** What `npm run demo -- --json` writes. */
interface Report {
  ok: boolean;
  summary: string;
  missing: string[];
  traceId: string;
  spans: Span[];
  logs: LogRecord[];
  metrics: Metric[];
}

/** How a run of the demo ended, and what it reported. */
export interface DemoRun {
  exit: Exit;
  stdout: string;
  stderr: string;
}

/** The demo's own file: what `npm run demo` runs when the packages are installed. */
const demoFile = join(repository, 'tools/demo/index.ts');

/** Runs the demo with one request on free ports, to its end. */
export async function runDemoOnce(
  args: string[] = [],
  env: Record<string, string> = {},
): Promise<DemoRun> {
  await using app = await spawnApp(demoFile, {
    args: ['--once', '--ports=auto', ...args],
    env,
    ready: false,
  });
  const exit = await app.exited;
  return { exit, stdout: app.stdout, stderr: app.stderr };
}

/** The report of a run with --json, and its telemetry as a store that the matchers look into. */
export function readReport({ stdout, stderr }: DemoRun): Report & { store: TelemetryStore } {
  if (stdout === '') throw new Error(`the demo reported nothing; it said:\n${stderr}`);
  const report = JSON.parse(stdout, reviveTime) as Report;
  const store = createStore();
  store.add(report);
  return { ...report, store };
}

/** Nanoseconds are strings in JSON. */
function reviveTime(key: string, value: unknown): unknown {
  const isTime = /^(startTime|endTime|time|observedTime)$/.test(key);
  return isTime && typeof value === 'string' && /^\d+$/.test(value) ? BigInt(value) : value;
}
