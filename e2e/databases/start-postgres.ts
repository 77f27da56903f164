import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun } from '../../tools/must-run.ts';
import { freePort } from '../support/free-port.ts';
import { type App, spawnApp } from '../support/spawn-app.ts';

/** A real PostgreSQL with a database of its own. */
export interface Postgres extends AsyncDisposable {
  /** `postgres://…`, for clients. */
  readonly url: string;
}

/** Starts it from where its Debian packages are unpacked. */
export async function startPostgres(root: string): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'otel-node-postgres-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const { app, port } = await startIn(root, folder);
    return {
      url: `postgres://tester@127.0.0.1:${port}/postgres`,
      async [Symbol.asyncDispose]() {
        await app[Symbol.asyncDispose]();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function startIn(root: string, folder: string): Promise<{ app: App; port: number }> {
  const as = await unprivileged(root, folder);
  const bin = join(folder, 'usr/lib/postgresql/15/bin');
  const data = join(folder, 'data');
  const env = { LD_LIBRARY_PATH: join(folder, 'usr/lib/x86_64-linux-gnu') };
  const make = [join(bin, 'initdb'), '-D', data, '-U', 'tester', '--auth=trust', '--no-sync'];
  const [program = '', ...args] = [...as, ...make, '--no-locale', '--encoding=UTF8'];
  await mustRun(program, args, { cwd: folder, env });
  const port = await freePort();
  const settings = ['fsync=off', 'jit=off', `unix_socket_directories=${folder}`];
  const options = settings.flatMap((setting) => ['-c', setting]);
  const serve = [join(bin, 'postgres'), '-D', data, '-p', String(port), '-h', '127.0.0.1'];
  const app = await spawnApp([...as, ...serve, ...options], {
    cwd: folder,
    ready: /database system is ready to accept connections/,
    env,
  });
  return { app, port };
}

/** PostgreSQL refuses to be run by root: then it is nobody's, in a place that nobody can read. */
async function unprivileged(root: string, folder: string): Promise<string[]> {
  await cp(root, folder, { recursive: true, verbatimSymlinks: true });
  if (process.getuid?.() !== 0) return [];
  await mustRun('chown', ['-R', '65534:65534', folder]);
  return ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
}
