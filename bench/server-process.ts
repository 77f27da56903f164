import { join } from 'node:path';
import { requestPath } from './apps.ts';
import { startHelper } from './helper-process.ts';
import type { Case } from './subject.ts';

/** What a server has used since it started. */
export interface Usage {
  /** User and system time, microseconds, all threads. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
}

/** A server under test, listening. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  /** From the start of the process to its listening, milliseconds. */
  readonly startMillis: number;
  usage(): Promise<Usage>;
}

/** Milliseconds after which what is queued leaves; short, so that a measurement need not wait for it. */
export const exportDelay = 300;

/** Starts the server of a case; throws with its stderr when it does not listen. */
export async function startServerProcess(
  { subject, sampling }: Case,
  collectorUrl: string,
  onCore: (command: string[]) => string[],
  extra: Record<string, string> = {},
): Promise<ServerProcess> {
  const { app, variant, folder } = subject;
  const command = [process.execPath, ...variant.nodeArguments(app), join(folder, app.file)];
  const settings = { ...telemetryEnvironment(collectorUrl, sampling), ...variant.environment(app) };
  const started = performance.now();
  const helper = startHelper(onCore(command), {
    cwd: folder,
    env: { ...cleanEnvironment(), ...settings, ...extra },
  });
  const { port } = (await helper.next()) as { port: number };
  return {
    url: `http://127.0.0.1:${port}${requestPath}`,
    startMillis: performance.now() - started,
    usage: async () => (await helper.ask({})) as Usage,
    [Symbol.asyncDispose]: () => helper[Symbol.asyncDispose](),
  };
}

/** The same for every variant; the queue is so large that what is measured is work, not loss. */
function telemetryEnvironment(collectorUrl: string, sampling: number | null) {
  return {
    NODE_ENV: 'production',
    OTEL_SERVICE_NAME: 'bench',
    OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'otlp',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: `${sampling ?? 0}`,
    OTEL_BSP_SCHEDULE_DELAY: `${exportDelay}`,
    OTEL_BSP_MAX_QUEUE_SIZE: '100000',
  };
}

/** Whoever runs the bench may have telemetry of their own. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = ([name]: [string, unknown]) => /^(OTEL_|NODE_OPTIONS$)/.test(name);
  return Object.fromEntries(Object.entries(process.env).filter((entry) => !foreign(entry)));
}
