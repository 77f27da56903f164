import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Progress, progressOnStderr, progressStep } from '../progress-step.ts';
import { cacheFolder } from './cache-folder.ts';
import { withCacheLock } from './cache-lock.ts';

/** A folder of the cache and how to fill it. */
export interface CacheEntry {
  /** Readable start of the folder's name. */
  name: string;
  /** Everything that decides what the folder holds; its hash is the rest of the folder's name. */
  recipe: unknown;
  /** Fills the empty folder. When it throws, nothing is kept. */
  build(folder: string): Promise<void>;
  /** Told what is being built when that takes more than a second. Default: stderr. */
  progress?: Progress | undefined;
}

/**
 * The folder of an entry, built when it is not there. Two processes that want the same entry build
 * it once. It is filled in its final place and counts from its last file on, because a Python
 * environment cannot be moved; a folder without that file is a build that died, and starts anew.
 */
export async function cacheEntry(entry: CacheEntry): Promise<string> {
  const { name, recipe, build, progress = progressOnStderr } = entry;
  const folder = join(cacheFolder(), `${name}-${hashOf(recipe)}`);
  const complete = join(folder, '.complete');
  if (existsSync(complete)) return folder;
  const waiting = () => progress(`Waiting for another process that prepares ${name}`);
  await withCacheLock(`${folder}.lock`, buildOnce, waiting);
  return folder;

  async function buildOnce() {
    if (existsSync(complete)) return;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await progressStep(`Preparing ${name}`, progress, () => build(folder));
    await writeFile(complete, `${JSON.stringify(recipe, null, 2)}\n`);
  }
}

function hashOf(recipe: unknown): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
}
