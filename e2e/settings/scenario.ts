import { join } from 'node:path';
import { type Collector, startCollector } from '@org/otel-testing';
import { repository } from '../../tools/repository.ts';
import { type App, spawnApp } from '../support/spawn-app.ts';
import { type GrpcFront, startGrpcFront } from './start-grpc-front.ts';
import { startTlsFront, type TlsFront } from './start-tls-front.ts';

/** Where the telemetry of one scenario may go. */
export interface Receivers {
  readonly collector: Collector;
  /** Others, for settings of one signal. */
  readonly second: Collector;
  readonly third: Collector;
  readonly tls: TlsFront;
  readonly grpc: GrpcFront;
}

/** What is known when the app has ended. */
export interface Seen extends Receivers {
  readonly stdout: string;
  readonly stderr: string;
}

/** One process with several variables set, and for each of them how its effect is seen. */
export interface Scenario {
  readonly title: string;
  /** What the app does: see e2e/fixtures/settings/app.mjs. Default: everything, and then it ends. */
  readonly way?: 'end' | 'exit' | 'many' | 'stay';
  readonly nodeArgs?: readonly string[];
  env(receivers: Receivers): Record<string, string> | Promise<Record<string, string>>;
  /** Before the app starts. */
  prepare?(receivers: Receivers): void;
  /** For an app that stays: what is waited for before it is ended. */
  until?(seen: Seen, app: App): Promise<unknown>;
  readonly rows: Readonly<Record<string, (seen: Seen) => unknown>>;
}

const fixture = join(repository, 'e2e/fixtures/settings/app.mjs');

/** Runs the app of a scenario to its end, then asks for what was seen. */
export async function runScenario<T>(
  scenario: Scenario,
  ask: (seen: Seen) => Promise<T>,
): Promise<T> {
  await using collector = await startCollector();
  await using second = await startCollector();
  await using third = await startCollector();
  await using tls = await startTlsFront(collector);
  await using grpc = await startGrpcFront(collector);
  const receivers = { collector, second, third, tls, grpc };
  scenario.prepare?.(receivers);
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...(await scenario.env(receivers)) };
  const { way = 'end', nodeArgs = [] } = scenario;
  await using app = await spawnApp(fixture, { args: [way], nodeArgs, env, ready: false });
  const seen = () => ({ ...receivers, stdout: app.stdout, stderr: app.stderr });
  if (scenario.until) {
    await app.waitFor(/stays/, 60_000);
    await scenario.until(seen(), app);
    await app.stop('SIGTERM', 30_000);
  } else await app.exited;
  return ask(seen());
}
