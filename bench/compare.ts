// What telemetry costs a request, ours and others', in one run. `--quick` for the short form.
import { buildPackages } from '../tools/build-packages.ts';
import { progressOnStderr } from '../tools/progress-step.ts';
import { casesOf } from './cases.ts';
import { keepResults } from './keep-results.ts';
import { openLaboratory } from './laboratory.ts';
import { measureApp } from './measure-app.ts';
import { readOptions } from './options.ts';
import { prepareSubjects } from './prepare-subjects.ts';
import { ratiosOf } from './ratios.ts';
import { renderText } from './render-table.ts';
import { describeRun } from './run-description.ts';
import { type Row, summarise } from './summarise.ts';
import { tableOf } from './table.ts';
import { variants } from './variants.ts';

const { apps, amount, keep } = readOptions(process.argv.slice(2));
await buildPackages();
await using laboratory = await openLaboratory();
const { subjects, failures } = await prepareSubjects(apps, laboratory, progressOnStderr);
const rows: Row[] = [];
for (const app of apps) {
  progressOnStderr(`Measuring ${app.title}`);
  const cases = casesOf(subjects.filter((subject) => subject.app === app));
  rows.push(...summarise(cases, await measureApp(cases, amount, laboratory, progressOnStderr)));
}

console.log(renderText(tableOf(rows)));
console.log(`\nOverhead a request\n${renderText(ratiosOf(rows))}`);
for (const { app, variant, reason } of failures) {
  console.log(`left out: ${app.title}, ${variant.title}: ${reason}`);
}
if (keep) await keepResults(rows, describeRun(apps, variants, amount, laboratory.cores), failures);
