import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Progress } from '../tools/progress-step.ts';
import { type CollectorProcess, startCollectorProcess } from './collector-process.ts';
import { type Cores, findCores } from './cores.ts';
import { type LoadProcess, startLoadProcess } from './load-process.ts';
import { type RedisProcess, startRedisProcess } from './redis-process.ts';
import { startUpstreamProcess, type UpstreamProcess } from './upstream-process.ts';

/** What every measurement is made with. */
export interface Laboratory extends AsyncDisposable {
  /** A temporary folder for what is installed. */
  readonly folder: string;
  readonly cores: Cores;
  readonly collector: CollectorProcess;
  readonly load: LoadProcess;
  readonly upstream: UpstreamProcess;
  /** Undefined where it cannot be had, and where no route needs it. */
  readonly redis: RedisProcess | undefined;
}

/** Makes the folder and starts everything else beside the core of the server. */
export async function openLaboratory(needsRedis: boolean, progress: Progress): Promise<Laboratory> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'otel-node-bench-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const cores = await findCores();
  const { onLoadCore } = cores;
  const collector = stack.use(startCollectorProcess(onLoadCore));
  const load = stack.use(startLoadProcess(onLoadCore));
  const upstream = stack.use(await startUpstreamProcess(onLoadCore));
  const redis = needsRedis ? await startRedisProcess(folder, onLoadCore, progress) : undefined;
  if (redis) stack.use(redis);
  const all = stack.move();
  return {
    ...{ folder, cores, collector, load, upstream, redis },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
