import { cp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Collector, type ExpectedTrace, expectTrace, startCollector } from '@org/otel-testing';
import { transform } from 'esbuild';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { mustRun } from '../tools/must-run.ts';
import { repository } from '../tools/repository.ts';
import { type AppFolder, appFolder } from './packed/app-folder.ts';
import { installedPackages } from './packed/installed-packages.ts';
import { markdownSections } from './readme/markdown-sections.ts';
import { spawnApp } from './support/spawn-app.ts';

let collector: Collector;
let project: string;

beforeAll(async () => {
  project = await installedPackages();
  collector = await startCollector();
});
beforeEach(() => collector.clear());
afterAll(() => collector.close());

/** The one difference that a document shows. */
async function differenceIn(document: string): Promise<string> {
  const sections = markdownSections(await readFile(join(repository, document), 'utf8'));
  const blocks = sections.flatMap((section) => section.blocks);
  const [difference, ...more] = blocks.filter(({ language }) => language === 'diff');
  expect(more).toEqual([]);
  return difference?.text ?? '';
}

/** The application before, with the document's difference applied. */
async function migrate(name: string, folder: AppFolder): Promise<void> {
  const before = new URL(`fixtures/migrations/${name}`, import.meta.url);
  await cp(before, folder.path, { recursive: true });
  await writeFile(folder.file('step.diff'), await differenceIn(`docs/migrate-from-${name}.md`));
  const args = ['apply', '--unsafe-paths', `--directory=${folder.path}`, 'step.diff'];
  await mustRun('git', args, { cwd: folder.path });
  await symlink(join(project, 'node_modules'), folder.file('node_modules'), 'junction');
  for (const file of await readdir(folder.path, { recursive: true }))
    if (file.endsWith('.ts') && !file.startsWith('node_modules')) await compile(folder.file(file));
}

async function compile(file: string): Promise<void> {
  const { code } = await transform(await readFile(file, 'utf8'), {
    loader: 'ts',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  await writeFile(file.replace(/ts$/, 'js'), code);
}

const work: ExpectedTrace = { name: 'load order', attributes: { 'app.order': '7' } };

it.each<[string, ExpectedTrace]>([
  ['tracing-ts', work],
  ['auto-instrumentations-node', work],
  ['nestjs-otel', { name: 'OrdersController.find', spans: [work] }],
  ['dd-trace', work],
])('docs/migrate-from-%s.md', async (name, below) => {
  await using folder = await appFolder();
  await migrate(name, folder);
  const manifest = JSON.parse(await readFile(folder.file('package.json'), 'utf8'));
  const [node, ...nodeArgs] = manifest.scripts.start.split(' ');
  const file = nodeArgs.pop();
  expect(node).toBe('node');
  const installed = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
  for (const dependency of Object.keys(manifest.dependencies))
    expect(Object.keys(installed.dependencies)).toContain(dependency);

  await using app = await spawnApp(folder.file(file), {
    nodeArgs,
    cwd: folder.path,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
  });
  const answer = await fetch(`http://127.0.0.1:${app.port}/orders/7`);
  expect(await answer.json()).toEqual({ id: '7' });
  expect(await app.stop()).toEqual({ code: null, signal: 'SIGTERM' });
  await expectTrace(collector, {
    service: 'shop',
    name: 'GET /orders/:id',
    kind: 'server',
    attributes: {
      'http.route': '/orders/:id',
      'http.request.method': 'GET',
      'url.path': '/orders/7',
    },
    spans: [below],
  });
  expect(app.stderr).toBe('');
});
