import { join } from 'node:path';
import { mustRun } from '../../tools/must-run.ts';
import { freePort } from '../support/free-port.ts';
import { spawnApp } from '../support/spawn-app.ts';
import { unpackedCopy } from './unpacked-copy.ts';

/** A real PostgreSQL with a database of its own. */
export interface Postgres extends AsyncDisposable {
  /** `postgres://…`, for clients. */
  readonly url: string;
}

/** Starts it from where its Debian packages are unpacked. */
export async function startPostgres(root: string): Promise<Postgres> {
  await using starting = new AsyncDisposableStack();
  const { folder, as, env } = starting.use(await unpackedCopy(root, 'postgres'));
  const bin = join(folder, 'usr/lib/postgresql/15/bin');
  const data = join(folder, 'data');
  const make = [join(bin, 'initdb'), '-D', data, '-U', 'tester', '--auth=trust', '--no-sync'];
  const [program = '', ...args] = [...as, ...make, '--no-locale', '--encoding=UTF8'];
  await mustRun(program, args, { cwd: folder, env });
  const port = await freePort();
  const settings = ['fsync=off', 'jit=off', `unix_socket_directories=${folder}`];
  const options = settings.flatMap((setting) => ['-c', setting]);
  const serve = [join(bin, 'postgres'), '-D', data, '-p', String(port), '-h', '127.0.0.1'];
  const ready = /database system is ready to accept connections/;
  starting.use(await spawnApp([...as, ...serve, ...options], { cwd: folder, ready, env }));
  const running = starting.move();
  return {
    url: `postgres://tester@127.0.0.1:${port}/postgres`,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
