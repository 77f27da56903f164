import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../tools/repository.ts';
import { benchmarksPage } from './benchmarks-page.ts';
import type { Failure } from './prepare-subjects.ts';
import type { RunDescription } from './run-description.ts';
import type { Row } from './summarise.ts';

/** Writes bench/results/latest.json, in which each row says all it takes to compare it later, and docs/benchmarks.md. */
export async function keepResults(
  rows: readonly Row[],
  run: RunDescription,
  failures: readonly Failure[],
): Promise<void> {
  const records = rows.map((row) => ({ ...row, ...run }));
  await put('bench/results/latest.json', `${JSON.stringify(records, null, 2)}\n`);
  await put('docs/benchmarks.md', benchmarksPage(rows, run, failures));
}

async function put(path: string, text: string): Promise<void> {
  const file = join(repository, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
}
