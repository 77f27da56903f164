import { join } from 'node:path';
import type { Receiver } from './collector-process.ts';
import type { OnCore } from './cores.ts';
import { startHelper } from './helper-process.ts';
import type { Laboratory } from './laboratory.ts';
import type { Target } from './otlp-environment.ts';
import type { Route } from './routes.ts';
import type { InstalledSubject } from './subject.ts';

/** What a server has used since it started. */
export interface Usage {
  /** User and system time, microseconds, all threads. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** 99th percentile of the event loop's delay since it was asked to watch it; 0 without. */
  readonly loopDelayMillis: number;
}

/** A server under test, listening. */
export interface ServerProcess extends AsyncDisposable {
  readonly pid: number;
  urlOf(route: Route): string;
  /** From the start of the process to its listening, milliseconds. */
  readonly startMillis: number;
  /** Files loaded until it listened; 0 unless it was asked to count them. */
  readonly filesLoaded: number;
  /** Reads what was used; `watch` observes the event loop from now until the next reading. */
  usage(options?: { watch: boolean }): Promise<Usage>;
}

/** How a server is started. */
export interface ServerOptions {
  /** Sampled ratio. */
  readonly sampling: number;
  /** Milliseconds between exports of metrics. Default: the variant's own. */
  readonly metricInterval?: number;
  readonly countsFiles?: boolean;
  /** Where it starts. Default: the server's core. */
  readonly onCore?: OnCore | undefined;
}

/**
 * Milliseconds after which what is queued leaves: longer than a turn, so that no server pays for more than one export in it
 * that is not full. The default of all variants is seconds, and none of a turn's exports would be seen.
 */
export const exportDelay = 200;

/** Milliseconds after which no span is under way any more. */
export const quietMillis = exportDelay + 50;

/** Starts the server of a subject; throws with its stderr when it does not listen. */
export async function startServerProcess(
  { app, variant, folder }: InstalledSubject,
  receiver: Receiver,
  { cores, upstream, redis }: Laboratory,
  { countsFiles = false, onCore = cores.onServerCore, ...settings }: ServerOptions,
): Promise<ServerProcess> {
  const target: Target = { ...settings, exportDelay, ...receiver };
  const counter = countsFiles ? ['--require', './count-files.cjs'] : [];
  const command = [process.execPath, ...counter, ...variant.nodeArguments(app)];
  const started = performance.now();
  const helper = startHelper(onCore([...command, join(folder, app.file)]), {
    cwd: folder,
    env: {
      ...cleanEnvironment(),
      NODE_ENV: 'production',
      BENCH_UPSTREAM: upstream.url,
      ...(redis && { BENCH_REDIS: redis.socket }),
      ...variant.environment(app, target),
    },
  });
  const { port, files = 0 } = (await helper.next()) as { port: number; files?: number };
  return {
    pid: helper.pid as number, // it has said that it listens
    urlOf: ({ path }) => `http://127.0.0.1:${port}${path}`,
    startMillis: performance.now() - started,
    filesLoaded: files,
    usage: async (options = { watch: false }) => (await helper.ask(options)) as Usage,
    [Symbol.asyncDispose]: () => helper[Symbol.asyncDispose](),
  };
}

/** Whoever runs the bench may have telemetry of their own. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = ([name]: [string, unknown]) => /^(OTEL_|DD_|ELASTIC_|NODE_OPTIONS$)/.test(name);
  return Object.fromEntries(Object.entries(process.env).filter((entry) => !foreign(entry)));
}
