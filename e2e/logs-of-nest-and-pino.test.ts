import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expectTrace, startCollector } from '@org/otel-testing';
import { expect, it } from 'vitest';
import { appFolder } from './packed/app-folder.ts';
import { installedPackages, installedWith } from './packed/installed-packages.ts';
import { markdownSections } from './readme/markdown-sections.ts';
import { spawnApp } from './support/spawn-app.ts';

const ids = { traceID: expect.stringMatching(/^[0-9a-f]{32}$/), spanID: expect.any(String) };

function linesOf(output: string): Record<string, unknown>[] {
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

it.each([
  ['NestFactory', 'factory'],
  ['OtelModule.forRoot()', 'forRoot'],
  ['OtelModule.forRootAsync() with bufferLogs', 'forRootAsync'],
])(
  "the logger given to %s: Nest's own lines, from the first one on, and a controller's have level, context and ids",
  async (_name, way) => {
    await using collector = await startCollector();
    await using folder = await appFolder(await installedPackages(), 'logs');
    await using app = await spawnApp(folder.file('nest.mjs'), {
      args: [way],
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    });
    expect((await fetch(`http://127.0.0.1:${app.port}/orders/7`)).status).toBe(500);
    await app.waitFor(/"message":"not there"/);
    await app.stop();
    const lines = linesOf(app.stdout);
    expect(lines[0]).toEqual({
      level: 'info',
      context: 'NestFactory',
      message: 'Starting Nest application...',
    });
    expect(lines.map((line) => line['context'])).toContain('RouterExplorer');
    expect(lines.at(-2)).toEqual({ level: 'info', context: 'Orders', message: 'finding', ...ids });
    expect(lines.at(-1)).toMatchObject({
      level: 'error',
      context: 'ExceptionsHandler',
      message: 'not there',
      'exception.type': 'TypeError',
      'exception.stacktrace': expect.stringContaining('at OrdersController.find'),
      ...ids,
    });
    expect(lines.at(-1)?.['traceID']).toBe(lines.at(-2)?.['traceID']);
  },
);

it('the pino mixin of docs/logs.md', async () => {
  await using collector = await startCollector();
  const libraries = { '@opentelemetry/api': '1.10.0', pino: '10.4.0', winston: '3.19.0' };
  await using folder = await appFolder(await installedWith('packed-pino', libraries));
  await writeFile(folder.file('pino.mjs'), await pinoExample());
  await using app = await spawnApp(folder.file('pino.mjs'), {
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    ready: false,
  });
  expect(await app.exited).toEqual({ code: 0, signal: null });
  const trace = await expectTrace(collector, { service: 'shop', name: 'checkout' });
  const [paid, outside] = linesOf(app.stdout);
  expect(paid).toMatchObject({ msg: 'paid', trace_flags: '03' });
  expect(trace.spans.map(({ traceId, spanId }) => [traceId, spanId])).toEqual([
    [paid?.['trace_id'], paid?.['span_id']],
  ]);
  expect(outside).toMatchObject({ msg: 'outside' });
  expect(Object.keys(outside ?? {})).not.toContain('trace_id');
});

async function pinoExample(): Promise<string> {
  const page = await readFile(fileURLToPath(new URL('../docs/logs.md', import.meta.url)), 'utf8');
  const blocks = markdownSections(page).flatMap((section) => section.blocks);
  return blocks.find(({ file }) => file === 'pino.mjs')?.text ?? '';
}
