// Writes what the published packages bring with them, peers at the tested version included, as a
// CycloneDX bill of materials: `node tools/sbom.ts [file]`, default dist/sbom.cdx.json (not committed).
// (`npm sbom --workspace` lists their dev dependencies and leaves out what is hoisted to the root.)
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { productionTree } from './production-tree.ts';
import { repository } from './repository.ts';
import { billOfMaterials } from './sbom/bill-of-materials.ts';

const file = resolve(process.argv[2] ?? join(repository, 'dist', 'sbom.cdx.json'));
const tree = await productionTree(repository, 'packages');
const lock = JSON.parse(await readFile(join(repository, 'package-lock.json'), 'utf8'));
const bill = billOfMaterials(tree, repository, lock);

await mkdir(dirname(file), { recursive: true });
await writeFile(file, `${JSON.stringify(bill, null, 2)}\n`);
console.log(`${file}: ${bill.components.length} components`);
