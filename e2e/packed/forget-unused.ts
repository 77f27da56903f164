import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const twoHours = 2 * 60 * 60 * 1000;

/**
 * Removes what the cache keeps of earlier archives: every change of a package makes new ones. A
 * folder's time is that of its last use, and what was used in the last two hours stays, for other
 * checkouts.
 */
export async function forgetUnused(current: string, now = new Date()): Promise<void> {
  await utimes(current, now, now);
  const [cache, mine] = [dirname(current), basename(current)];
  const family = mine.slice(0, -hashLength);
  for (const name of await readdir(cache)) {
    const isSibling = name.startsWith(family) && /^[0-9a-f]+$/.test(name.slice(family.length));
    if (!isSibling || name === mine) continue;
    const used = await stat(join(cache, name)).catch(() => undefined);
    if (used && now.getTime() - used.mtimeMs > twoHours) await forget(join(cache, name));
  }
}

const hashLength = 12;

async function forget(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await rm(`${folder}.lock`, { force: true });
}
