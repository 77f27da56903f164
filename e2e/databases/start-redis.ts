import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { spawnApp } from '../support/spawn-app.ts';
import { unpackedCopy } from './unpacked-copy.ts';

/** A real Redis that keeps nothing on disk. */
export interface Redis extends AsyncDisposable {
  readonly port: number;
}

/** Starts it from where its Debian packages are unpacked. */
export async function startRedis(root: string): Promise<Redis> {
  await using starting = new AsyncDisposableStack();
  const { folder, as, env } = starting.use(await unpackedCopy(root, 'redis'));
  const port = await freePort();
  const serve = [...as, join(folder, 'usr/bin/redis-server'), '--port', String(port)];
  const ready = /Ready to accept connections/;
  const options = ['--bind', '127.0.0.1', '--save', ''];
  starting.use(await spawnApp([...serve, ...options], { cwd: folder, ready, env }));
  const running = starting.move();
  return { port, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
