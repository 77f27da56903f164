import { writeFile } from 'node:fs/promises';
import {
  type Collector,
  expectLog,
  expectMetric,
  expectTrace,
  startCollector,
} from '@org/otel-testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AppFolder, appFolder } from './packed/app-folder.ts';
import { installedWith } from './packed/installed-packages.ts';
import { readExamples } from './readme/read-examples.ts';
import { type App, spawnApp } from './support/spawn-app.ts';

/** What the examples import beside ours. */
const sdk = {
  '@opentelemetry/api': '1.10.0',
  '@opentelemetry/sdk-logs': '3.1.0',
  '@opentelemetry/sdk-metrics': '3.1.0',
  '@opentelemetry/sdk-trace': '3.1.0',
};

let folder: AppFolder;
let collector: Collector;

beforeAll(async () => {
  folder = await appFolder(await installedWith('packed-hatches', sdk));
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
  'docs/escape-hatches.md: span-processor.mjs': async () => {
    await expectTrace(collector, { name: 'work', attributes: { 'app.tenant': 'seven' } });
  },
  'docs/escape-hatches.md: exporters.mjs': async (app) => {
    expect(app.stdout).toBe('work true\n');
    await expectTrace(collector, { name: 'work' });
  },
  'docs/escape-hatches.md: sampler.mjs': async () => {
    await expectTrace(collector, { name: 'work' });
    expect(collector.store.spans()).toHaveLength(1);
  },
  'docs/escape-hatches.md: log-record-processor.mjs': async () => {
    await expectLog(collector, { body: 'card … refused' });
  },
  'docs/escape-hatches.md: views.mjs': async () => {
    const attributes = { 'app.kind': 'mail' };
    const { metric } = await expectMetric(collector, { name: 'app.jobs', value: 3, attributes });
    expect(metric.points.map((point) => point.attributes)).toEqual([attributes]);
  },
  'docs/escape-hatches.md: metric-reader.mjs': async (app) => {
    expect(app.stdout).toBe('app.jobs 2\n');
  },
  'docs/escape-hatches.md: propagator.mjs': async (app) => {
    const client = { name: 'GET', spans: [{ name: 'GET', kind: 'server' as const }] };
    const { traceId } = await expectTrace(collector, { name: 'work', spans: [client] });
    expect(app.stdout).toBe(`${traceId}\n`);
  },
  'docs/escape-hatches.md: instrumentation.mjs': async () => {
    const { root } = await expectTrace(collector, { name: 'job' });
    expect(root.span.scope.name).toBe('shop/jobs');
  },
};

const documents = ['packages/core/README.md', 'docs/escape-hatches.md'];
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
