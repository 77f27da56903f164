// docs/configuration.md is generated from the settings table of packages/core: this compares the two.
// `npm run configuration` (--write) renews the page.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configurationPage } from './configuration/configuration-page.ts';
import { repository } from './repository.ts';

const file = join(repository, 'docs', 'configuration.md');
const template = join(repository, 'tools', 'configuration', 'configuration.template.md');
const page = configurationPage(await readFile(template, 'utf8'));

if (process.argv.includes('--write')) await writeFile(file, page);
else if ((await readFile(file, 'utf8').catch(() => '')) !== page) {
  console.log(
    'docs/configuration.md is not what the settings table says: run `npm run configuration`.',
  );
  process.exitCode = 1;
}
