import {
  type Collector,
  type ExpectedTrace,
  expectMetric,
  expectTrace,
  startCollector,
} from '@org/otel-testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appFolder } from './packed/app-folder.ts';
import type { QuickStart } from './readme/quick-start.ts';
import { readQuickStarts } from './readme/read-quick-starts.ts';
import { applyQuickStart, startQuickStart } from './readme/run-quick-start.ts';
import type { App } from './support/spawn-app.ts';

let collector: Collector;

beforeAll(async () => {
  collector = await startCollector();
});
beforeEach(() => collector.clear());
afterAll(() => collector.close());

/** What a quick start says that it gives. */
type Promised = (run: { app: App; answers: string[] }) => Promise<void>;

const order: ExpectedTrace = {
  service: 'shop',
  name: 'GET /orders/:id',
  kind: 'server',
  attributes: { 'http.route': '/orders/:id', 'url.path': '/orders/7' },
};

const promised: Record<string, Promised> = {
  'README.md: Express': async ({ answers }) => {
    expect(answers).toEqual(['{"id":"7"}']);
    await expectTrace(collector, order);
  },
  'README.md: winston': expectStampedLine,
  'README.md: prom-client': expectBothWorlds,
  'packages/express/README.md: Quick start': async ({ answers }) => {
    expect(answers[0]).toBe('{"id":"7"}');
    expect(answers[1]).toContain('no order has this number');
    await expectTrace(collector, order);
    await expectTrace(collector, {
      ...order,
      status: 'error',
      attributes: { 'http.route': '/orders/:id', 'url.path': '/orders/0' },
      events: [{ name: 'exception', attributes: { 'exception.type': 'Error' } }],
    });
  },
  'packages/nestjs/README.md: Quick start': async ({ answers }) => {
    expect(answers).toEqual(['{"id":"7"}']);
    const span: ExpectedTrace = { name: 'Orders.find', attributes: { 'app.order': '7' } };
    await expectTrace(collector, {
      ...order,
      spans: [{ name: 'OrdersController.find', spans: [span] }],
    });
  },
  'packages/winston/README.md: Quick start': expectStampedLine,
  'packages/prom-bridge/README.md: Quick start': expectBothWorlds,
};

async function expectStampedLine({ app, answers }: { app: App; answers: string[] }): Promise<void> {
  expect(answers).toEqual(['ok\n']);
  const { traceId } = await expectTrace(collector, {
    service: 'shop',
    name: 'GET',
    kind: 'server',
  });
  const [line] = await app.waitFor(/^.*"serving".*$/m);
  const spanID = collector.store.trace(traceId)?.spans[0]?.spanId;
  expect(JSON.parse(line)).toMatchObject({ path: '/orders', traceID: traceId, spanID });
}

async function expectBothWorlds({ answers }: { answers: string[] }): Promise<void> {
  const page = answers[1] ?? '';
  for (const name of ['process_cpu_seconds_total', 'http_server_request_duration_seconds_count'])
    expect(page.match(new RegExp(`^${name}{[^}]*service="shop"[^}]*} \\d`, 'gm'))).toHaveLength(1);
  await expectMetric(collector, { service: 'shop', name: 'process_cpu_seconds_total' });
  await expectMetric(collector, { service: 'shop', name: 'http.server.request.duration' });
  const export_ = collector.store
    .metrics()
    .filter(({ name }) => name === 'process_cpu_seconds_total');
  expect(new Set(export_.map(({ points }) => points.length))).toEqual(new Set([1]));
}

// run elsewhere: NestJS in nest-new.test.ts; the last one is no app but a way to start one (init-anywhere.test.ts)
const elsewhere = ['README.md: NestJS', 'README.md: No line of code'];

const readmes = ['README.md', ...['express', 'nestjs', 'winston', 'prom-bridge'].map(ofPackage)];
const found = (await Promise.all(readmes.map(namedQuickStarts))).flat();

function ofPackage(name: string): string {
  return `packages/${name}/README.md`;
}

async function namedQuickStarts(readme: string): Promise<[string, QuickStart][]> {
  const quickStarts = await readQuickStarts(readme);
  return quickStarts.map((quickStart) => [`${readme}: ${quickStart.title}`, quickStart]);
}

it('has a promise for each quick start, and the other way round', () => {
  expect(found.map(([name]) => name).sort()).toEqual(
    [...Object.keys(promised), ...elsewhere].sort(),
  );
});

describe('word for word, in an empty folder', () => {
  const here = found.filter(([name]) => !elsewhere.includes(name));
  it.each(here)('%s', async (name, quickStart) => {
    await using folder = await appFolder();
    await applyQuickStart(quickStart, folder);
    const run = await startQuickStart(quickStart, folder, collector);
    await using app = run.app;
    await promised[name]?.(run);
    expect(collector.refused).toEqual([]);
    expect(app.stderr).not.toMatch(/\[otel]|warning|unhandled/i); // the app's own errors may be there
  });
});
