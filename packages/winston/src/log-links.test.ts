import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { logLinks } from './log-links.ts';

const templates = new URL('../templates/', import.meta.url);
const committed = fileURLToPath(new URL('../../../deploy/', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otel-log-links-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(...args: string[]) {
  let [printed, complaint] = ['', ''];
  const code = await logLinks(args, {
    templates,
    print: (text) => {
      printed += text;
    },
    complain: (text) => {
      complaint += text;
    },
  });
  return { code, printed, complaint };
}

async function filesIn(place: string): Promise<string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

function written(path: string): Promise<string> {
  return readFile(join(folder, path), 'utf8');
}

describe('otel-log-links', () => {
  test('without names writes what deploy/ holds', async () => {
    expect(await run('--out', folder)).toMatchObject({ code: 0, complaint: '' });
    for (const path of [
      'collector/container-logs.yaml',
      'grafana/loki.yaml',
      'grafana/provisioning/datasources/loki.yaml',
      'grafana/provisioning/datasources/tempo.yaml',
      'grafana/provisioning/datasources/prometheus.yaml',
    ]) {
      expect(await written(path), path).toBe(await readFile(join(committed, path), 'utf8'));
    }
    expect(await filesIn(folder)).toHaveLength(5);
  });

  test('puts in addresses that are known', async () => {
    const urls = ['loki', 'tempo', 'prometheus'].map(
      (name) => `--${name}-url=https://${name}.shop/`,
    );
    expect(await run('--out', folder, ...urls)).toMatchObject({ code: 0 });
    for (const name of ['loki', 'tempo', 'prometheus']) {
      const file = await written(`grafana/provisioning/datasources/${name}.yaml`);
      expect(file).toContain(`\n    url: 'https://${name}.shop'\n`);
    }
    const collector = await written('collector/container-logs.yaml');
    expect(collector).toContain(`endpoint: \${env:LOKI_URL:-https://loki.shop}/otlp\n`);
  });

  test('overwrites nothing that says something else, unless forced', async () => {
    await run('--out', folder);
    expect((await run('--out', folder)).printed).toMatch(/^(unchanged {2}.*\n){5}$/);
    await writeFile(join(folder, 'grafana/loki.yaml'), 'mine\n');
    const refused = await run('--out', folder, '--sampled=kept');
    expect(refused).toMatchObject({ code: 1, printed: '' });
    expect(refused.complaint).toContain(`${join(folder, 'grafana/loki.yaml')}, `);
    expect(refused.complaint).toContain('there already, and different; --force overwrites it');
    expect(await written('collector/container-logs.yaml')).not.toContain('kept"]');
    expect(await run('--out', folder, '--sampled=kept', '--force')).toMatchObject({ code: 0 });
    expect(await written('grafana/loki.yaml')).not.toBe('mine\n');
    expect(await written('collector/container-logs.yaml')).toContain('attributes["kept"]');
  });

  test('says what it could not write', async () => {
    await writeFile(join(folder, 'file'), '');
    const { code, complaint } = await run('--out', join(folder, 'file'));
    expect(code).toBe(1);
    expect(complaint).toMatch(/^otel-log-links: (ENOTDIR|EEXIST).*file/);
  });

  test('--help names every option and exit code', async () => {
    const { code, printed } = await run('--help', '--loki-url=nonsense');
    expect(code).toBe(0);
    for (const option of ['out', 'form', 'trace-id', 'span-id', 'trace-flags', 'sampled', 'under'])
      expect(printed).toContain(`--${option} `);
    for (const exit of [0, 1, 2]) expect(printed).toMatch(new RegExp(`^  ${exit}  `, 'm'));
  });

  test.each([
    [['--nope'], "Unknown option '--nope'"],
    [['deploy'], "Unexpected argument 'deploy'"],
    [['--out='], '--out: expected a folder, got ""'],
    [['--trace-id='], '--trace-id: expected a name of letters, digits and _ . @ : / -'],
    [['--span-id=level'], 'other than level and message, got "level"'],
    [['--trace-id=a"b'], 'got "a\\"b"'],
    [['--span-id=traceID'], 'expected four different names'],
    [['--form=xml'], '--form: expected fields, nested or text, got "xml"'],
    [['--under=otel'], '--under: expected --form nested beside it'],
    [['--loki-url=loki:3100'], '--loki-url: expected an http or https address'],
    [['--tempo-url=https://me:secret@tempo?key=secret'], 'got "https://***@tempo?***"'],
    [['--prometheus-url=http://$HOST'], 'a query or $, got "http://$HOST"'],
  ])('refuses %j', async (args, sentence) => {
    const { code, printed, complaint } = await run('--out', folder, ...args);
    expect({ code, printed }).toEqual({ code: 2, printed: '' });
    expect(complaint).toContain(sentence);
    expect(complaint).not.toContain('secret');
    expect(complaint).toMatch(/\nSee otel-log-links --help\.\n$/);
    expect(await filesIn(folder)).toEqual([]);
  });
});
