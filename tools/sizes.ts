// Compares what the packages weigh (dist, minified and gzipped) with their limits in sizes/limits.json,
// so that a package that grows is seen in review. `npm run sizes` (--write) renews the limits.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPackages } from './build-packages.ts';
import { repository } from './repository.ts';
import { limitsFor, oversizes } from './sizes/oversizes.ts';
import { packageSizes } from './sizes/package-sizes.ts';

const file = join(repository, 'tools', 'sizes', 'limits.json');

await buildPackages();
const sizes = await packageSizes(join(repository, 'packages'));
if (process.argv.includes('--write')) {
  await writeFile(file, `${JSON.stringify(limitsFor(sizes), null, 2)}\n`);
} else {
  for (const { name, bytes } of sizes) console.log(`${name}: ${bytes} bytes`);
  const over = oversizes(sizes, JSON.parse(await readFile(file, 'utf8')));
  for (const sentence of over) console.log(sentence);
  if (over.length > 0) {
    console.log('\nA package grew: make it smaller, or if that is meant, run `npm run sizes`.');
    process.exitCode = 1;
  }
}
