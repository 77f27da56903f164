import { writeFile } from 'node:fs/promises';
import { type Collector, expectTrace, startCollector } from '@org/otel-testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AppFolder, appFolder } from './packed/app-folder.ts';
import { installedPackages } from './packed/installed-packages.ts';
import { readExamples } from './readme/read-examples.ts';
import { type App, spawnApp } from './support/spawn-app.ts';

let folder: AppFolder;
let collector: Collector;

beforeAll(async () => {
  folder = await appFolder(await installedPackages());
  collector = await startCollector();
});
beforeEach(() => collector.clear());
afterAll(async () => {
  await collector.close();
  await folder[Symbol.asyncDispose]();
});

/** What an example says that it does, seen after it has ended by itself. */
const promised: Record<string, (app: App) => Promise<void>> = {
  'packages/core/README.md: orders.mjs': async (app) => {
    const placed = { name: 'place order', spans: [{ name: 'charge card' }] };
    const { traceId } = await expectTrace(collector, {
      ...placed,
      service: 'shop',
      status: 'unset',
      attributes: { 'app.order': '7', 'app.mailed': false },
      events: [{ name: 'exception', attributes: { 'exception.message': 'no mail today' } }],
    });
    expect(app.stdout.trim()).toBe(traceId);
    await expectTrace(collector, { name: 'import orders', spans: [placed, placed] });
  },
};

const documents = ['packages/core/README.md'];
const found = (await Promise.all(documents.map(readExamples))).flat();

it('has a promise for each example, and the other way round', () => {
  expect(found.map(({ name }) => name).sort()).toEqual(Object.keys(promised).sort());
});

describe('word for word', () => {
  it.each(found)('$name', async ({ name, file, text }) => {
    await writeFile(folder.file(file), text);
    await using app = await spawnApp(folder.file(file), {
      cwd: folder.path,
      ready: false,
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    });
    expect(await app.exited, app.output).toEqual({ code: 0, signal: null });
    expect(app.stderr).toBe('');
    expect(collector.refused).toEqual([]);
    await promised[name]?.(app);
  });
});
