import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun } from '../../tools/must-run.ts';

/** A copy of what Debian packages hold, that ends with the scope and with what was written in it. */
export interface UnpackedCopy extends AsyncDisposable {
  readonly folder: string;
  /** What a command begins with, so that nothing runs as root. */
  readonly as: readonly string[];
  /** Where the programs in it find their libraries. */
  readonly env: Record<string, string>;
}

/** Copies it to where a user without rights can read it: the cache may be root's own. */
export async function unpackedCopy(root: string, name: string): Promise<UnpackedCopy> {
  const folder = await mkdtemp(join(tmpdir(), `otel-node-${name}-`));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await cp(root, folder, { recursive: true, verbatimSymlinks: true });
    const as = await unprivileged(folder);
    const env = { LD_LIBRARY_PATH: await libraries(join(folder, 'usr/lib')) };
    return { folder, as, env, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** PostgreSQL refuses to be run by root, and no other database needs it. */
async function unprivileged(folder: string): Promise<string[]> {
  if (process.getuid?.() !== 0) return [];
  await mustRun('chown', ['-R', '65534:65534', folder]);
  return ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
}

/** Debian has a folder for each architecture, such as `x86_64-linux-gnu`. */
async function libraries(parent: string): Promise<string> {
  const names = await readdir(parent);
  return join(parent, names.find((name) => name.endsWith('-linux-gnu')) ?? '');
}
