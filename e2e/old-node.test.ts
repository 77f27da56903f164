import { join } from 'node:path';
import { type Collector, startCollector } from '@org/otel-testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cachedNpmProject } from '../tools/cache.ts';
import { type AppFolder, appFolder } from './packed/app-folder.ts';
import { installedPackages } from './packed/installed-packages.ts';
import { spawnApp } from './support/spawn-app.ts';

let folder: AppFolder;
let collector: Collector;
let node20: string;

beforeAll(async () => {
  folder = await appFolder(await installedPackages(), 'old-node');
  collector = await startCollector();
  node20 = await oldNode();
});
afterAll(async () => {
  await collector.close();
  await folder[Symbol.asyncDispose]();
});

async function oldNode(): Promise<string> {
  const dependencies = { node: '20.11.1' };
  const project = await cachedNpmProject({
    name: 'node-20',
    dependencies,
    allowScripts: { node: true },
  });
  return join(project, 'node_modules/node/bin/node');
}

const register = '@org/otel-core/register';
const starts: [string, string, string[]][] = [
  ['init() in ESM', 'app.mjs', []],
  ['init() in CJS', 'app.cjs', []],
  ['each adapter', 'adapters.mjs', []],
  ['--import register', 'bare.mjs', ['--import', register]],
  ['--require register', 'bare.mjs', ['--require', register]],
  ['register and init()', 'app.mjs', ['--import', register]],
  // two copies: `--require` takes the CJS build, the app the ESM one
  ['--require register and init() in ESM', 'app.mjs', ['--require', register]],
];

describe('below Node 22.15', () => {
  it.each(starts)('%s says one sentence and does nothing', async (_start, file, nodeArgs) => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const options = { node: node20, nodeArgs, env, cwd: folder.path, ready: false } as const;
    await using app = await spawnApp(folder.file(file), options);
    const exit = await app.exited;
    expect(app.stderr).toBe(
      '[otel] @org/otel-core needs Node.js 22.15 or newer, this is 20.11.1; telemetry is off\n',
    );
    expect(app.stdout).toBe('ok false\n');
    expect(exit).toEqual({ code: 0, signal: null });
    expect(collector.requests).toEqual([]);
  });
});
