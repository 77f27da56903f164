import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { type Collector, expectTrace, startCollector } from '@org/otel-testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustRun } from '../tools/must-run.ts';
import { type Rehearsal, rehearseRelease } from '../tools/release/rehearse-release.ts';
import { type AppFolder, appFolder } from './packed/app-folder.ts';
import { copiesIn } from './packed/copies-in.ts';
import { sourceMapProblems } from './packed/source-map-problems.ts';
import { spawnApp } from './support/spawn-app.ts';

const packages = ['core', 'express', 'nestjs', 'prom-bridge', 'testing', 'winston'].map(
  (name) => `@org/otel-${name}`,
);

let rehearsal: Rehearsal;
let folder: AppFolder;

beforeAll(async () => {
  rehearsal = await rehearseRelease();
  folder = await appFolder(undefined, 'release');
  await writeFile(folder.file('.npmrc'), rehearsal.npmrc);
  await writeFile(folder.file('package.json'), '{ "private": true }');
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  await mustRun('npm', ['install', ...flags, ...packages], { cwd: folder.path });
}, 300_000);
afterAll(async () => {
  await folder?.[Symbol.asyncDispose]();
  await rehearsal?.[Symbol.asyncDispose]();
});

function manifestOf(name: string) {
  return readFile(folder.file(`node_modules/${name}/package.json`), 'utf8').then(JSON.parse);
}

it('publishes all packages in one new version', async () => {
  expect(Object.keys(rehearsal.published).sort()).toEqual(packages);
  const versions = new Set(Object.values(rehearsal.published));
  expect(versions.size).toBe(1);
  const installed = (await copiesIn(folder.path)).filter(({ name }) => name.startsWith('@org/'));
  expect(Object.fromEntries(installed.map((each) => [each.name, each.version]))).toEqual(
    rehearsal.published,
  );
  expect(installed).toHaveLength(packages.length);
});

describe.each(packages)('%s as published', (name) => {
  it('runs nothing at install time', async () => {
    const { scripts = {} } = await manifestOf(name);
    const atInstall = [
      'preinstall',
      'install',
      'postinstall',
      'prepublish',
      'preprepare',
      'prepare',
    ];
    expect(Object.keys(scripts).filter((script) => atInstall.includes(script))).toEqual([]);
    expect(existsSync(folder.file(`node_modules/${name}/binding.gyp`))).toBe(false); // npm would build it
  });

  it('has what its exports name, a README and a licence, and no tests', async () => {
    const { exports } = await manifestOf(name);
    const files = JSON.stringify(exports).match(/\.\/[^"]+\.(?:[cm]?js|[cm]?ts)\b/g) ?? [];
    const wanted = [...new Set(files), 'README.md', 'LICENSE'];
    const missing = wanted.filter(
      (file) => !existsSync(folder.file(`node_modules/${name}/${file}`)),
    );
    expect(missing).toEqual([]);
    const listing = await mustRun('find', [
      folder.file(`node_modules/${name}`),
      '-name',
      '*.test.*',
    ]);
    expect(listing).toBe('');
  });

  it('depends on published versions only', async () => {
    const { dependencies = {}, peerDependencies = {} } = await manifestOf(name);
    const ranges = Object.values<string>({ ...dependencies, ...peerDependencies });
    expect(ranges.filter((range) => /^(file|link|workspace|git|http)/.test(range))).toEqual([]);
    const ours = Object.entries(dependencies).filter(([each]) => each.startsWith('@org/'));
    expect(ours).toEqual(ours.map(([each]) => [each, `^${rehearsal.published[each]}`]));
  });

  it('has source maps that lead somewhere', async () => {
    expect(await sourceMapProblems(folder.file(`node_modules/${name}`))).toEqual([]);
  });
});

it('tells the new version at run time, where a package tells one', async () => {
  const files = packages.map((name) => folder.file(`node_modules/${name}/src/version.ts`));
  const telling = files.filter((file) => existsSync(file));
  expect(telling.length).toBeGreaterThan(0);
  for (const file of telling) {
    expect(await readFile(file, 'utf8')).toContain(`'${rehearsal.published['@org/otel-core']}'`);
  }
});

it('loads as ESM and as CJS, with the same exports', async () => {
  const doors = [...packages, '@org/otel-testing/collector'];
  const output = await mustRun('node', ['load.mjs', ...doors], { cwd: folder.path });
  const exported: Record<string, [string[], string[]]> = JSON.parse(output);
  expect(Object.keys(exported)).toEqual(doors);
  for (const [esm, cjs] of Object.values(exported)) {
    expect(esm.length).toBeGreaterThan(0);
    expect(cjs).toEqual(esm);
  }
});

it('traces a request, started by register', async () => {
  await using collector: Collector = await startCollector();
  await writeFile(
    folder.file('server.mjs'),
    `import { createServer } from 'node:http';
     const server = createServer((request, response) => response.end('ok'));
     server.listen(0, '127.0.0.1', () => console.log('listening on :' + server.address().port));`,
  );
  await using app = await spawnApp(folder.file('server.mjs'), {
    nodeArgs: ['--import', '@org/otel-core/register'],
    cwd: folder.path,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'released' },
  });
  await (await fetch(`http://127.0.0.1:${app.port}`)).text();
  await app.stop();
  const trace = await expectTrace(collector, { service: 'released', name: 'GET', kind: 'server' });
  expect(collector.store.trace(trace.traceId)?.spans[0]?.scope.version).toBe(
    rehearsal.published['@org/otel-core'],
  );
});
