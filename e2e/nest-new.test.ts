import { readFile, writeFile } from 'node:fs/promises';
import { type Collector, expectTrace, startCollector } from '@org/otel-testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../tools/run-command.ts';
import { newNestProject } from './nest-new/new-nest-project.ts';
import type { AppFolder } from './packed/app-folder.ts';
import type { QuickStart } from './readme/quick-start.ts';
import { readQuickStarts } from './readme/read-quick-starts.ts';
import { startQuickStart } from './readme/run-quick-start.ts';
import { freePort } from './support/free-port.ts';

let collector: Collector;
let quickStart: QuickStart;

beforeAll(async () => {
  collector = await startCollector();
  const all = await readQuickStarts('README.md');
  quickStart = all.find(({ title }) => title === 'NestJS') as QuickStart;
});
afterAll(() => collector.close());

describe.each([
  { major: 11, cli: '11.0.24', extension: '' },
  { major: 12, cli: '12.0.8', extension: '.js' },
])('the quick start in what `nest new` of NestJS $major makes', ({ major, cli, extension }) => {
  let folder: AppFolder;

  beforeAll(async () => {
    folder = await newNestProject(cli, quickStart.installs);
    for (const [path, text] of Object.entries(quickStart.files)) {
      expect(await readFile(folder.file(path), 'utf8')).not.toContain('@org/'); // it is there, unmodified
      await writeFile(folder.file(path), withExtension(text, extension));
    }
  }, 400_000);
  afterAll(() => folder?.[Symbol.asyncDispose]());

  async function run(script: string) {
    const endpoint = `http://127.0.0.1:${await freePort()}`; // no collector is there
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, NODE_ENV: '', VITEST: '' };
    return runCommand('npm', ['run', script], { cwd: folder.path, env, timeout: 100_000 });
  }

  it('installs this major', async () => {
    const core = folder.file('node_modules/@nestjs/core/package.json');
    expect(JSON.parse(await readFile(core, 'utf8')).version).toMatch(new RegExp(`^${major}\\.`));
  });

  it('builds', async () => {
    const { code, output } = await run('build');
    expect(output).not.toMatch(/error/i);
    expect(code).toBe(0);
  });

  it('starts and traces', async () => {
    collector.clear();
    const { app, answers } = await startQuickStart(quickStart, folder, collector);
    await using _ = app;
    expect(answers).toEqual(['Hello World!']);
    await expectTrace(collector, {
      service: 'shop',
      name: 'GET /',
      kind: 'server',
      attributes: { 'http.route': '/' },
      spans: [{ name: 'AppController.getHello', kind: 'internal' }],
    });
    expect(collector.store.spans()).toHaveLength(2);
    expect(app.output).not.toContain('[otel]');
  });

  it.each(['test', 'test:e2e'])('its own tests pass: npm run %s', async (script) => {
    const { code, output } = await run(script);
    expect(output).toMatch(/Tests:? +1 passed/);
    expect(output).not.toMatch(/did not exit|open handle/i);
    expect(code).toBe(0);
  });
});

/** As the README says for NestJS 12: the relative imports end in `.js`. */
function withExtension(text: string, extension: string): string {
  return text.replaceAll(/(from '\.[^']*)'/g, `$1${extension}'`);
}
