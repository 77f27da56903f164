import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An installed package. */
export interface InstalledCopy {
  name: string;
  version: string;
  /** Its folder below the project. */
  folder: string;
}

/** Every copy of every package in a project's node_modules, nested ones too. */
export async function copiesIn(project: string, below = 'node_modules'): Promise<InstalledCopy[]> {
  const found: InstalledCopy[] = [];
  for (const entry of await foldersOf(join(project, below))) {
    const folder = `${below}/${entry.name}`;
    if (entry.name.startsWith('@')) {
      found.push(...(await copiesIn(project, folder)));
      continue;
    }
    found.push({ ...(await manifestOf(join(project, folder))), folder });
    found.push(...(await copiesIn(project, `${folder}/node_modules`)));
  }
  return found;
}

async function foldersOf(path: string): Promise<Dirent[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
}

async function manifestOf(path: string): Promise<{ name: string; version: string }> {
  const { name, version } = JSON.parse(await readFile(join(path, 'package.json'), 'utf8'));
  return { name, version };
}
