import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../tools/repository.ts';
import { benchmarksPage } from './benchmarks-page.ts';
import type { Results } from './results.ts';

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

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function put(path: string, text: string): Promise<void> {
  const file = join(repository, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
}
