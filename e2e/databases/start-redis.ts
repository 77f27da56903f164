import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { type App, spawnApp } from '../support/spawn-app.ts';

/** A real Redis that keeps nothing on disk, from where its Debian packages are unpacked. */
export async function startRedis(root: string): Promise<App> {
  const port = await freePort();
  const command = [join(root, 'usr/bin/redis-server'), '--port', String(port)];
  const app = await spawnApp([...command, '--bind', '127.0.0.1', '--save', ''], {
    ready: /Ready to accept connections/,
    env: { LD_LIBRARY_PATH: join(root, 'usr/lib/x86_64-linux-gnu') },
  });
  return Object.assign(app, { port });
}
