// npm run test:full: the long counts. Every test file that looks at OTEL_TEST_FULL runs with it set;
// `npm test` runs the same files with reduced counts. `npm run test:full -- settings` runs those whose path contains a word.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './repository.ts';
import { runSteps } from './test/run-steps.ts';
import { vitestStep } from './test/vitest-step.ts';

const folders = [...globSync('packages/*', { cwd: repository }), 'e2e'];
const steps = folders.flatMap((folder) => longFiles(folder).map((file) => stepOf(folder, file)));

process.env['OTEL_TEST_FULL'] = '1';
process.exitCode = await runSteps(steps, process.argv.slice(2));

function longFiles(folder: string): string[] {
  const cwd = join(repository, folder);
  const files = globSync(['*.test.ts', '{src,test}/**/*.test.ts'], { cwd });
  return files.filter((file) => readFileSync(join(cwd, file), 'utf8').includes('OTEL_TEST_FULL'));
}

function stepOf(folder: string, file: string) {
  return vitestStep(`${folder}/${file}`, folder, [file]);
}
