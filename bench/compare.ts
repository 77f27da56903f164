// What telemetry costs, ours and others', in one run. `--quick` for the short form.
import { buildPackages } from '../tools/build-packages.ts';
import { progressOnStderr } from '../tools/progress-step.ts';
import { agreementOf } from './agreement.ts';
import { keepQuickRows, keepResults } from './keep-results.ts';
import { openLaboratory } from './laboratory.ts';
import { measureSeries } from './measure-series.ts';
import { microTable, runMicro } from './micro/run-micro.ts';
import { readOptions } from './options.ts';
import { ownSizes, ownSizesTable } from './own-sizes.ts';
import { prepareSubjects } from './prepare-subjects.ts';
import { ratiosOf } from './ratios.ts';
import { renderText } from './render-table.ts';
import { describeRun } from './run-description.ts';
import { casesOf } from './series.ts';
import { type Row, summarise } from './summarise.ts';
import { costTable, installationTable, processTable, type Table } from './table.ts';
import { targetsTable } from './targets.ts';

const { series, amount, keep } = readOptions(process.argv.slice(2));
await buildPackages();
const needsRedis = series.some(({ route }) => route.needsRedis);
await using laboratory = await openLaboratory(needsRedis, progressOnStderr);
const { subjects, failures } = await prepareSubjects(series, laboratory, progressOnStderr);
const rows: Row[] = [];
for (const each of series) {
  progressOnStderr(`Measuring ${each.app.title}, ${each.route.title}`);
  const cases = casesOf(each, subjects);
  rows.push(...summarise(await measureSeries(cases, amount, laboratory, progressOnStderr)));
}

print(costTable(rows), processTable(rows), installationTable(rows), ratiosOf(rows));
for (const { app, variant, reason } of failures) {
  console.log(`left out: ${app.title}, ${variant.title}: ${reason}\n`);
}
if (keep === 'again') {
  print(targetsTable(rows));
  const before = await keepQuickRows(rows);
  if (before) print(agreementOf(before, rows));
}
if (keep === 'page') {
  progressOnStderr('Measuring the pieces and sizes');
  const micro = await runMicro(laboratory.cores);
  const sizes = await ownSizes();
  print(microTable(micro), ownSizesTable(sizes), targetsTable(rows, micro));
  const run = describeRun(series, amount, laboratory.cores);
  await keepResults({ rows, micro, sizes, failures, run });
}

function print(...tables: Table[]): void {
  for (const table of tables) console.log(`${renderText(table)}\n`);
}
