import { readFile, writeFile } from 'node:fs/promises';
import { mustRun } from '../../../tools/must-run.ts';
import { mountWarning } from '../mount-warning.ts';
import { nodeVersions } from '../node-binary.ts';
import { compatibilityPage } from './compatibility-page.ts';
import { type MatrixResults, resultsFile } from './matrix-results.ts';
import { renderMatrix } from './render-matrix.ts';
import { replaceGenerated } from './replace-generated.ts';
import type { MatrixRun } from './run-matrix.ts';

/** Writes a complete run into the repository: the results, and the tables of docs/compatibility.md. */
export async function keepResults(run: MatrixRun): Promise<void> {
  const results = resultsOf(run);
  await writeFile(resultsFile, JSON.stringify(results));
  const page = await readFile(compatibilityPage, 'utf8');
  await writeFile(compatibilityPage, replaceGenerated(page, renderMatrix(results)));
  await mustRun('biome', ['format', '--write', resultsFile, compatibilityPage]);
}

function resultsOf({ subject, results }: MatrixRun): MatrixResults {
  const dates = [...results.values()].map(({ date }) => date).sort();
  const cells = [...results].map(([name, { run, warning }]) => {
    return [name, { run: run.slice(0, 8), ...(warning && { warning: wordOf(warning) }) }];
  });
  return {
    from: dates[0] ?? '',
    to: dates.at(-1) ?? '',
    subject,
    nodes: nodeVersions,
    warnings,
    cells: Object.fromEntries(cells),
  };
}

const warnings = { mounts: mountWarning };

function wordOf(warning: string): string {
  const word = Object.entries(warnings).find(([, text]) => text === warning)?.[0];
  if (word === undefined) throw new Error(`a warning without a word: ${warning}`);
  return word;
}
