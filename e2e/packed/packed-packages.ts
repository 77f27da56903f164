import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../tools/cache.ts';
import { mustRun } from '../../tools/must-run.ts';
import { repository } from '../../tools/repository.ts';
import { forgetUnused } from './forget-unused.ts';

/** `npm pack` of every package: name to archive, as `file:/…tgz`. The same content has the same path. */
export async function packedPackages(): Promise<Record<string, string>> {
  await mkdir(cacheFolder(), { recursive: true });
  const fresh = await mkdtemp(join(cacheFolder(), 'packing-'));
  try {
    const folders = (await readdir(join(repository, 'packages'))).map(
      (name) => `./packages/${name}`,
    );
    const args = ['pack', '--json', '--loglevel=error', `--pack-destination=${fresh}`];
    const packed = archivesIn(await mustRun('npm', [...args, ...folders]));
    const folder = await keep(fresh);
    await forgetUnused(folder);
    return Object.fromEntries(
      packed.map(({ name, filename }) => [name, `file:${join(folder, filename)}`]),
    );
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

function archivesIn(json: string): { name: string; filename: string }[] {
  return Object.values(JSON.parse(json));
}

/** Moves the archives to a folder named after their content: what is installed from them is cached by that. */
async function keep(fresh: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await readdir(fresh)).sort()) hash.update(await readFile(join(fresh, file)));
  const folder = join(cacheFolder(), `packed-${hash.digest('hex').slice(0, 12)}`);
  if (!existsSync(folder)) await rename(fresh, folder).catch(ignoreIfThere(folder));
  return folder;
}

/** Another run may have packed the same at the same time. */
function ignoreIfThere(folder: string) {
  return (error: unknown) => {
    if (!existsSync(folder)) throw error;
  };
}
