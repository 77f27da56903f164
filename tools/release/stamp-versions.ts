import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../repository.ts';

// Part of `npm run release:version`: a package that tells its version at run time has it in
// src/version.ts, which `changeset version` does not know of.
for (const name of readdirSync(join(repository, 'packages'))) {
  const file = join(repository, 'packages', name, 'src/version.ts');
  if (existsSync(file)) stamp(file, join(repository, 'packages', name, 'package.json'));
}

function stamp(file: string, manifest: string): void {
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/version = '[^']*'/, `version = '${version}'`));
}
