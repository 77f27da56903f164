import { type Collector, expectTrace, startCollector } from '@org/otel-testing';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cachedNpmProject } from '../tools/cache.ts';
import { type AppFolder, appFolder } from './packed/app-folder.ts';
import { installedPackages } from './packed/installed-packages.ts';
import { lastCount } from './packed/last-count.ts';
import { startUpstream, type Upstream } from './packed/start-upstream.ts';
import { unpackBeside } from './packed/unpack-beside.ts';
import { type AppOptions, spawnApp } from './support/spawn-app.ts';

let collector: Collector;
let upstream: Upstream;

beforeAll(async () => {
  collector = await startCollector();
  upstream = await startUpstream();
});
afterAll(async () => {
  await upstream[Symbol.asyncDispose]();
  await collector.close();
});

const besideRegister = ['--import', '@org/otel-core/register', '--import', './keep-first.mjs'];

/** One request to an app whose core is a second copy: its spans, route and metrics are there, once. */
async function expectOneCore(
  folder: AppFolder,
  file: string,
  { copies, nodeArgs = [] }: { copies: number; nodeArgs?: AppOptions['nodeArgs'] },
): Promise<void> {
  collector.clear();
  await using app = await spawnApp(folder.file(file), {
    nodeArgs: [...besideRegister, ...nodeArgs],
    cwd: folder.path,
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SERVICE_NAME: 'the first copy',
      UPSTREAM: upstream.url,
    },
  });
  expect(app.stdout).toContain(`enabled true, copies ${copies}`);
  await (await fetch(`http://127.0.0.1:${app.port}/things/7`)).text();
  expect(await app.stop('SIGTERM')).toEqual({ code: null, signal: 'SIGTERM' });
  expect(app.stderr).toBe('');

  await expectTrace(collector, {
    service: 'the first copy',
    name: 'GET /things/:id',
    kind: 'server',
    spans: [{ name: 'work', scope: 'app', spans: [{ name: 'GET', kind: 'client' }] }],
  });
  expect(collector.store.spans()).toHaveLength(3);
  expect(lastCount(collector.store, 'http.server.request.duration')).toBe(1);
  expect(lastCount(collector.store, 'http.client.request.duration')).toBe(1);
  expect(lastCount(collector.store, 'app.served')).toBe(1);
}

describe('a bundle with core inside, beside --import register', () => {
  it.each([
    ['ESM', 'esm', 'bundle.mjs'],
    ['CJS', 'cjs', 'bundle.cjs'],
  ] as const)('%s', async (_title, format, file) => {
    await using folder = await appFolder(await installedPackages(), 'copies');
    await build({
      entryPoints: [folder.file('app.ts')],
      outfile: folder.file(file),
      bundle: true,
      format,
      platform: 'node',
      target: 'node22',
      logLevel: 'silent',
    });
    await expectOneCore(folder, file, { copies: 2 });
  });
});

describe('TypeScript run by tsx, beside --import register', () => {
  it.each([
    ['ESM', 'app.mts', 1],
    ['CJS', 'app.ts', 2],
  ])('%s', async (_title, file, copies) => {
    const dependencies = { '@opentelemetry/api': '1.10.0', tsx: '4.23.15' };
    await using folder = await appFolder(undefined, 'copies');
    const project = await cachedNpmProject({ name: 'tsx', dependencies });
    await unpackBeside(folder.path, project, ['@org/otel-core']);
    await expectOneCore(folder, file, { copies, nodeArgs: ['--import', 'tsx'] });
  });
});

describe('two Jest files in one worker', () => {
  it('each file has its own copy, and all attach to the first', async () => {
    collector.clear();
    const dependencies = { '@opentelemetry/api': '1.10.0', jest: '30.5.2' };
    await using folder = await appFolder(undefined, 'copies/jest');
    const project = await cachedNpmProject({ name: 'jest', dependencies });
    await unpackBeside(folder.path, project, ['@org/otel-core']);
    const jest = await spawnApp(folder.file('node_modules/jest/bin/jest.js'), {
      args: ['--runInBand', '--rootDir', folder.path, '--ci'],
      cwd: folder.path,
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'jest' },
      ready: false,
    });
    await using _ = jest;
    const exit = await jest.exited;
    expect(jest.output).toContain('Tests:       2 passed, 2 total');
    expect(exit).toEqual({ code: 0, signal: null });

    for (const file of ['first', 'second']) {
      await expectTrace(collector, {
        service: 'jest',
        name: 'GET',
        kind: 'client',
        spans: [
          {
            name: `GET /${file}/:id`,
            kind: 'server',
            spans: [{ name: `work in ${file}`, scope: 'app' }],
          },
        ],
      });
      const ofFile = ({ attributes }: { attributes: Record<string, unknown> }) =>
        attributes['http.route'] === `/${file}/:id`;
      expect(lastCount(collector.store, 'http.server.request.duration', ofFile)).toBe(1);
    }
    expect(collector.store.spans()).toHaveLength(6);
    expect(lastCount(collector.store, 'app.served')).toBe(2);
  });
});
