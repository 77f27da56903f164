import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The last complete run, as it is kept in the repository. */
export interface MatrixResults {
  /** The days of the first and of the last run of a cell. */
  readonly from: string;
  readonly to: string;
  /** What was run: a hash of the packages' archives, the fixture and the test. */
  readonly subject: string;
  /** The Node of each line. */
  readonly nodes: Record<string, string>;
  /** The sentences that stand for a cell whose tree lacks what they name, by the word used for them in `cells`. */
  readonly warnings: Record<string, string>;
  /** By name: the id of its run (its trace id begins with it), and a word of `warnings` where it has one. */
  readonly cells: Record<string, { run: string; warning?: string }>;
}

export const resultsFile = fileURLToPath(new URL('../results.json', import.meta.url));

/** Reads what is committed. */
export async function readResults(): Promise<MatrixResults> {
  return JSON.parse(await readFile(resultsFile, 'utf8'));
}
