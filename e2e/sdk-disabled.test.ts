import { type Collector, startCollector } from '@org/otel-testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AppFolder, appFolder } from './packed/app-folder.ts';
import { installedPackages } from './packed/installed-packages.ts';
import { spawnApp } from './support/spawn-app.ts';

let folder: AppFolder;
let collector: Collector;

beforeAll(async () => {
  folder = await appFolder(await installedPackages(), 'disabled');
  collector = await startCollector();
});
afterAll(async () => {
  await collector.close();
  await folder[Symbol.asyncDispose]();
});

async function whatChanged(
  start: 'bare' | 'init',
  nodeArgs: string[] = [],
  env: Record<string, string> = {},
) {
  const app = await spawnApp(folder.file('app.mjs'), {
    args: [start],
    nodeArgs,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...env },
    cwd: folder.path,
    ready: false,
  });
  const exit = await app.exited;
  expect(app.stderr).toBe('');
  expect(exit).toEqual({ code: 0, signal: null });
  return JSON.parse(app.stdout);
}

const off = { OTEL_SDK_DISABLED: 'true' };
const register = ['--import', '@org/otel-core/register'];

it('sees what telemetry changes in a process when it is on', async () => {
  const [bare, on] = [await whatChanged('bare'), await whatChanged('init')];
  expect(bare).toMatchObject({ subscribed: [], emit: true, observers: 0 });
  expect(on.answer).toEqual(bare.answer);
  for (const fact of ['subscribed', 'processListeners', 'emit'])
    expect(on[fact]).not.toEqual(bare[fact]);
  expect(collector.requests.length).toBeGreaterThan(0);
});

it.each<[string, 'bare' | 'init', string[]]>([
  ['init()', 'init', []],
  ['register', 'bare', register],
  ['both', 'init', register],
])('leaves the process as it is with OTEL_SDK_DISABLED=true: %s', async (_name, start, args) => {
  collector.clear();
  expect(await whatChanged(start, args, off)).toEqual(await whatChanged('bare'));
  expect(collector.requests).toEqual([]);
});
