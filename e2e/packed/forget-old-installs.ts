import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const day = 24 * 60 * 60 * 1000;

/**
 * Removes installs of earlier archives: every change of a package makes a new one. Those of the last
 * day stay, for other checkouts and branches.
 */
export async function forgetOldInstalls(current: string): Promise<void> {
  const cache = dirname(current);
  const family = basename(current).replace(/[^-]+$/, '');
  for (const name of await readdir(cache)) {
    if (!/^[0-9a-f]{12}$/.test(name.replace(family, '')) || name === basename(current)) continue;
    const complete = await stat(join(cache, name, '.complete')).catch(() => undefined);
    if (complete && Date.now() - complete.mtimeMs > day) await forget(join(cache, name));
  }
}

async function forget(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await rm(`${folder}.lock`, { force: true });
}
