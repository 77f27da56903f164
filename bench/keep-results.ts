import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../tools/repository.ts';
import { benchmarksPage } from './benchmarks-page.ts';
import type { Results } from './results.ts';
import type { Row } from './summarise.ts';

/** Not in the repository: of this checkout alone. */
const QUICK = 'bench/results/quick.json';

/**
 * Writes bench/results/ and docs/benchmarks.md. Each row of latest.json says all it takes to compare
 * it later; pieces and sizes are in files of their own.
 */
export async function keepResults(results: Results): Promise<void> {
  const { rows, micro, sizes, run } = results;
  await put('bench/results/latest.json', asJson(rows.map((row) => ({ ...row, ...run }))));
  await put('bench/results/micro.json', asJson(micro));
  await put('bench/results/sizes.json', asJson(sizes));
  await put('docs/benchmarks.md', benchmarksPage(results));
}

/** Writes the rows of a quick run; resolves with those of the one before, undefined without. */
export async function keepQuickRows(rows: readonly Row[]): Promise<Row[] | undefined> {
  const before = await readFile(join(repository, QUICK), 'utf8').catch(() => undefined);
  await put(QUICK, asJson(rows));
  return before === undefined ? undefined : JSON.parse(before);
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function put(path: string, text: string): Promise<void> {
  const file = join(repository, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
}
