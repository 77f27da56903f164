// npm run bench -- sizes: what each of our packages weighs, built and installed.
import { buildPackages } from '../tools/build-packages.ts';
import { ownSizes, ownSizesTable } from './own-sizes.ts';
import { renderText } from './render-table.ts';

await buildPackages();
console.log(renderText(ownSizesTable(await ownSizes())));
