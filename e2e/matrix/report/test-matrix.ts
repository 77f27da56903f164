// npm run test:matrix: every cell, and the tables of docs/compatibility.md when all passed.
// `-- --only TEXT` runs the cells whose name contains the text (nest-12-express/24/bundle/after).
import { parseArgs } from 'node:util';
import { buildPackages } from '../../../tools/build-packages.ts';
import { allCells } from '../cells/all-cells.ts';
import { cellName } from '../cells/cell.ts';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const cells = allCells.filter((cell) => cellName(cell).includes(values.only));
if (cells.length === 0) throw new Error(`--only ${values.only}: no cell has this in its name`);
await buildPackages();
// after the build: they load what it makes
const { runMatrix } = await import('./run-matrix.ts');
const { keepResults } = await import('./keep-results.ts');
const { checkPeerRanges } = await import('./peer-ranges.ts');

const complete = cells.length === allCells.length;
if (complete) await checkPeerRanges();
const run = await runMatrix(cells);
console.log(`${run.results.size} cells passed, ${run.failures.size} failed`);
if (run.failures.size > 0) process.exitCode = 1;
else if (complete) await keepResults(run);
