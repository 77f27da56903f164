import { join } from 'node:path';
import { repository } from '../repository.ts';
import type { ChainCollector } from './chain-collector.ts';
import { type ChildOptions, startChild } from './child.ts';
import type { Ports } from './demo-options.ts';
import { untilItListens } from './until-it-listens.ts';

/** What the chain is started with. */
export interface ChainOptions {
  ports: Ports;
  /** The Python that has the requirements of api-python. */
  python: string;
  collector: ChainCollector;
  /** Told what the services write beside their log lines. */
  say(line: string): void;
  signal: AbortSignal;
}

/** The running services. Disposing of them stops them, the outermost first, so that none loses its answer. */
export interface Chain extends AsyncDisposable {
  /** Where to ask: the gateway. */
  url: string;
  stop(): Promise<void>;
}

type Service = Pick<ChildOptions, 'commandLine' | 'env'> & {
  name: 'gateway' | 'api-node' | 'api-python';
};

/** Starts the three services and waits until all of them listen. */
export async function startChain(options: ChainOptions): Promise<Chain> {
  await using starting = new AsyncDisposableStack();
  const started = services(options).map(async (service) => {
    const child = starting.use(await startService(service, options));
    await untilItListens(child, options.ports[service.name], options.signal);
  });
  // all settle before one failure ends the others: none may start after the clean-up
  const outcomes = await Promise.allSettled(started);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  const running = starting.move();
  const stop = () => running.disposeAsync();
  return { url: urlOf(options.ports.gateway), stop, [Symbol.asyncDispose]: stop };
}

function startService({ name, commandLine, env }: Service, options: ChainOptions) {
  const { collector, ports, say } = options;
  return startChild({
    name,
    commandLine,
    cwd: join(repository, 'apps', name),
    env: { PORT: String(ports[name]), ...flushOften, ...collector.environment(name), ...env },
    onLine: (line) => collector.onServiceLine(name, line),
    onErrorLine: (line) => say(`[${name}] ${line}`),
  });
}

/** The innermost first: they are stopped in the opposite order. */
function services({ ports, python }: ChainOptions): Service[] {
  const node = process.execPath;
  return [
    { name: 'api-python', commandLine: [python, 'main.py'], env: {} },
    {
      name: 'api-node',
      commandLine: [node, '--enable-source-maps', 'dist/main.js'],
      env: { API_PYTHON_URL: urlOf(ports['api-python']) },
    },
    {
      name: 'gateway',
      commandLine: [node, 'src/main.ts'],
      env: { API_NODE_URL: urlOf(ports['api-node']) },
    },
  ];
}

/** A demo shows its traces at once; production keeps the longer defaults. */
const flushOften = { OTEL_BSP_SCHEDULE_DELAY: '500', OTEL_METRIC_EXPORT_INTERVAL: '2000' };

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}
