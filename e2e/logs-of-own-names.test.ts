import { join } from 'node:path';
import { startCollector } from '@org/otel-testing/collector';
import { beforeAll, describe, it } from 'vitest';
import { goPart, optionalPart } from '../tools/cache.ts';
import { mustRun } from '../tools/must-run.ts';
import { linksOf, readDataSource } from './logs/grafana-files.ts';
import { writePods } from './logs/runtime-files.ts';
import { startContainerCollector } from './logs/start-stores.ts';
import { until } from './logs/until.ts';
import { appFolder } from './packed/app-folder.ts';
import { installedPackages } from './packed/installed-packages.ts';
import { spawnApp } from './support/spawn-app.ts';

const otelcol = await optionalPart(goPart('otelcol-big'));

let installed: string;
beforeAll(async () => {
  installed = await installedPackages();
});

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

/** `random`: the flags of a line whose trace is not sampled but random, where its form writes flags. */
const own = [
  {
    form: 'fields',
    trace: { fields: { traceId: 'dd.trace', spanId: 'dd.span', sampled: 'kept' } },
    args: ['--trace-id=dd.trace', '--span-id=dd.span', '--sampled=kept'],
    random: 0,
  },
  {
    form: 'nested',
    trace: { form: 'nested', under: 'otel', fields: { traceFlags: 'flags' } },
    args: ['--form=nested', '--under=otel', '--trace-flags=flags'],
    random: 2,
  },
  {
    form: 'text',
    trace: { form: 'text', fields: { traceId: 't', spanId: 's', sampled: 'kept' } },
    args: ['--form=text', '--trace-id=t', '--span-id=s', '--sampled=kept'],
    random: 0,
  },
  {
    form: 'usual text',
    trace: { form: 'text', fields: 'snake_case' },
    args: [],
    random: 2,
  },
];

/** The files of the generator, made as the README says. */
async function generate(out: string, args: readonly string[]): Promise<void> {
  const command = ['exec', '--offline', '--package=@org/otel-winston', '--', 'otel-log-links'];
  await mustRun('npm', [...command, `--out=${out}`, ...args], { cwd: installed });
}

/** The lines that a service with these names prints. */
async function printed(trace: object): Promise<string[]> {
  await using app = await appFolder(installed, 'logs');
  await using run = await spawnApp(app.file('own-names.mjs'), {
    args: [JSON.stringify(trace)],
    env: { OTEL_SDK_DISABLED: undefined, OTEL_TRACES_EXPORTER: 'none' },
    ready: false,
  });
  await run.exited;
  return run.stdout.trimEnd().split('\n');
}

describe.skipIf(!otelcol)('names of your own, given to the generator', () => {
  it.concurrent.for(own)('$form', async ({ trace, args, random }, { expect }) => {
    await using folder = await appFolder();
    const deploy = folder.file('deploy');
    const [lines] = await Promise.all([printed(trace), generate(deploy, args)]);
    expect(lines).toHaveLength(4);

    const fields = (await readDataSource('loki', {}, deploy)).jsonData.derivedFields ?? [];
    const links = lines.map((line) => linksOf(fields, { line, labels: {} }));
    expect(links).toEqual([[{ datasourceUid: 'tempo', query: traceId }], [], [], []]);

    await using loki = await startCollector();
    await using _ = await startContainerCollector(
      otelcol ?? '',
      {
        CONTAINER_LOGS: join(folder.file('pods'), '*', '*', '*.log'),
        OFFSETS_DIR: folder.file('offsets'),
        LOKI_URL: loki.url,
      },
      [`--set=exporters::otlp_http/loki::endpoint=${loki.url}`],
      deploy,
    );
    await writePods(folder.file('pods'), 'names', lines);
    const records = await until(
      async () => loki.store.logs(),
      (logs) => logs.length >= 4,
    );
    const shown = records
      .map(({ body, flags, attributes, ...ids }) => ({
        text: String(body).split(' ')[0],
        ids: [ids.traceId, ids.spanId],
        flags,
        link: attributes['sampled_trace_id'],
        others: Object.keys(attributes).filter((name) => !/^(log\.|sampled_trace_id$)/.test(name)),
      }))
      .sort((a, b) => String(a.text).localeCompare(String(b.text)));
    expect(shown).toEqual([
      { text: 'kept', ids: [traceId, spanId], flags: 1, link: traceId, others: [] },
      { text: 'outside', ids: ['', ''], flags: 0, link: undefined, others: [] },
      { text: 'random', ids: [traceId, spanId], flags: random, link: undefined, others: [] },
      { text: 'unkept', ids: [traceId, spanId], flags: 0, link: undefined, others: [] },
    ]);
  });
});
