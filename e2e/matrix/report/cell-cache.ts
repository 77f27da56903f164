import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../../tools/cache.ts';
import { forgetUnused } from '../../packed/forget-unused.ts';
import { type Cell, cellName } from '../cells/cell.ts';
import type { CellResult } from '../run-cell.ts';

/** A result, and when it was taken. */
export interface KeptResult extends CellResult {
  /** `2026-11-21`. */
  readonly date: string;
}

/** Results of earlier runs of the same packages by the same test: a run that was stopped goes on where it was. */
export interface CellCache {
  /** Names what is tested and how: packages, fixture, versions, and the test itself. */
  readonly subject: string;
  find(cell: Cell): Promise<KeptResult | undefined>;
  keep(cell: Cell, result: CellResult): Promise<KeptResult>;
}

const matrix = fileURLToPath(new URL('..', import.meta.url));
const fixture = fileURLToPath(new URL('../../fixtures/matrix', import.meta.url));

/** The results kept for these archives of ours. */
export async function openCellCache(archives: readonly string[]): Promise<CellCache> {
  const files = [...archives, ...(await filesIn(fixture, true)), ...(await filesIn(matrix, false))];
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  const subject = hash.digest('hex').slice(0, 12);
  const folder = join(cacheFolder(), `matrix-${subject}`);
  await mkdir(folder, { recursive: true });
  await forgetUnused(folder);
  const fileOf = (cell: Cell) => join(folder, `${cellName(cell).replaceAll('/', '_')}.json`);
  return {
    subject,
    async find(cell) {
      const text = await readFile(fileOf(cell), 'utf8').catch(() => undefined);
      return text === undefined ? undefined : (JSON.parse(text) as KeptResult);
    },
    async keep(cell, result) {
      const kept = { ...result, date: new Date().toISOString().slice(0, 10) };
      await writeFile(fileOf(cell), JSON.stringify(kept));
      return kept;
    },
  };
}

/** What decides a result is in the folder itself; below it are the list of cells and how they are shown. */
async function filesIn(folder: string, recursive: boolean): Promise<string[]> {
  const entries = await readdir(folder, { recursive, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'results.json');
  return files.map((entry) => join(entry.parentPath, entry.name)).sort();
}
