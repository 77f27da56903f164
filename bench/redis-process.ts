import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { debianPart } from '../tools/cache.ts';
import type { Progress } from '../tools/progress-step.ts';
import type { OnCore } from './cores.ts';

/** A real Redis that keeps nothing on disk. */
export interface RedisProcess extends AsyncDisposable {
  /** The path of its Unix socket. */
  readonly socket: string;
}

/** Starts Redis from its Debian packages; undefined, and said, where they cannot be had or do not run. */
export async function startRedisProcess(
  folder: string,
  onCore: OnCore,
  progress: Progress,
): Promise<RedisProcess | undefined> {
  try {
    return await start(await debianPart('redis', progress), join(folder, 'redis.sock'), onCore);
  } catch (error) {
    progress(`No Redis: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

async function start(root: string, socket: string, onCore: OnCore): Promise<RedisProcess> {
  const settings = ['--port', '0', '--unixsocket', socket, '--save', ''];
  const [command = '', ...args] = onCore([join(root, 'usr/bin/redis-server'), ...settings]);
  const env = { ...process.env, LD_LIBRARY_PATH: join(root, 'usr/lib/x86_64-linux-gnu') };
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    if (!/accept connections/.test(line)) continue;
    child.stdout.resume(); // what it says later must not fill the pipe
    return {
      socket,
      async [Symbol.asyncDispose]() {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }
  throw new Error('redis-server ended before it was ready');
}
