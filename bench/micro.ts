// npm run bench -- micro: what the pieces of the hot path cost, each alone.
import { buildPackages } from '../tools/build-packages.ts';
import { findCores } from './cores.ts';
import { microTable, runMicro } from './micro/run-micro.ts';
import { renderText } from './render-table.ts';

await buildPackages();
console.log(renderText(microTable(await runMicro(await findCores()))));
