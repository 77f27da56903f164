import { progressOnStderr } from '../../../tools/progress-step.ts';
import { type Bench, startBench } from '../bench.ts';
import { type Cell, cellName } from '../cells/cell.ts';
import { type Framework, frameworks } from '../frameworks.ts';
import { prepareApp } from '../prepare-app.ts';
import { runCell } from '../run-cell.ts';
import { testedPackages } from '../tested-packages.ts';
import { type CellCache, type KeptResult, openCellCache } from './cell-cache.ts';

/** All that came of a run of the matrix. */
export interface MatrixRun {
  readonly subject: string;
  readonly results: ReadonlyMap<string, KeptResult>;
  /** What differed, by the cell's name. */
  readonly failures: ReadonlyMap<string, Error>;
}

/** Runs the cells, `benches` at a time; those that passed before with the same packages are not run again. */
export async function runMatrix(cells: readonly Cell[], benches = 2): Promise<MatrixRun> {
  const archives = await testedPackages();
  const cache = await openCellCache(Object.values(archives).map((at) => at.replace('file:', '')));
  await using stack = new AsyncDisposableStack();
  const lanes: Bench[] = [];
  while (lanes.length < benches) lanes.push(stack.use(await startBench()));
  const [results, failures] = [new Map<string, KeptResult>(), new Map<string, Error>()];
  for (const [name, framework] of Object.entries(frameworks)) {
    const own = cells.filter((cell) => cell.framework === name);
    const left = await takeKept(own, cache, results);
    if (left.length > 0) await runFramework(framework, left);
    if (own.length > 0) progressOnStderr(`${name}: ${own.length} cells, ${left.length} run now`);
  }
  return { subject: cache.subject, results, failures };

  async function runFramework(framework: Framework, left: Cell[]): Promise<void> {
    await using app = await prepareApp(framework, archives);
    const queue = [...left];
    await Promise.all(lanes.map(work));

    async function work(bench: Bench): Promise<void> {
      for (let cell = queue.shift(); cell; cell = queue.shift()) {
        try {
          const result = await runCell(cell, framework, app, bench);
          results.set(cellName(cell), await cache.keep(cell, result));
        } catch (error) {
          failures.set(cellName(cell), error as Error);
          progressOnStderr(`FAILED ${cellName(cell)}\n${(error as Error).message}`);
        }
      }
    }
  }
}

/** Returns the cells that have no result yet. */
async function takeKept(
  cells: readonly Cell[],
  cache: CellCache,
  results: Map<string, KeptResult>,
): Promise<Cell[]> {
  const left: Cell[] = [];
  for (const cell of cells) {
    const kept = await cache.find(cell);
    if (kept) results.set(cellName(cell), kept);
    else left.push(cell);
  }
  return left;
}
