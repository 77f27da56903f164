// Checks that everything a user installs with the published packages has a licence they can live with.
import { join } from 'node:path';
import { isAllowed } from './licences/allowed-licence.ts';
import { productionTree } from './production-tree.ts';
import { repository } from './repository.ts';

const tree = await productionTree(repository, 'packages');
const refused = tree.filter(({ licence }) => !isAllowed(licence));

for (const { name, version, licence } of refused) {
  console.log(`${name}@${version}: ${licence ?? 'no licence'}`);
}
if (refused.length > 0) {
  const list = join('tools', 'licences', 'allowed-licence.ts');
  console.log(`\nNot on the allow-list: drop the dependency, or argue for its licence in ${list}.`);
  process.exitCode = 1;
} else {
  console.log(`${tree.length} packages, all licences allowed`);
}
