import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startCollector } from '@org/otel-testing/collector';
import { describe, expect, it } from 'vitest';
import { repository } from '../tools/repository.ts';
import { consult, folderWith } from './doctor/consult.ts';
import { spawnApp } from './support/spawn-app.ts';

describe('the command line', () => {
  it('--help tells of every option and exit code', async () => {
    const { code, stdout } = await consult({}, ['--help']);
    expect(code).toBe(0);
    for (const word of ['--json', '--options', '--read-back', '--tempo', '--jaeger', '--loki']) {
      expect(stdout).toContain(word);
    }
    for (const exit of [0, 1, 2]) expect(stdout).toMatch(new RegExp(`^ {2}${exit} {2}\\w`, 'm'));
  });

  it.each([
    [['--jsno'], /Unknown option '--jsno'/],
    [['now'], /Unexpected argument 'now'/],
    [['--read-back'], /--read-back: expected where to read: --tempo URL/],
    [['--loki', 'localhost'], /--loki: expected an http:\/\/ or https:\/\/ URL/],
    [['--timeout', 'soon'], /--timeout: expected seconds, more than 0 and up to 3600, got "soon"/],
    [['--options', 'none.mjs'], /--options: expected a module .* got "none\.mjs"/],
  ])('%j ends with 2 and a sentence, and nothing is sent', async (args, sentence) => {
    await using collector = await startCollector();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const { code, stdout, stderr } = await consult(env, args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr).toContain('See otel-doctor --help.');
    expect(collector.requests).toEqual([]);
  });

  it('--json is nothing but JSON, whatever exporters there are', async () => {
    await using collector = await startCollector();
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_TRACES_EXPORTER: 'otlp,console',
      OTEL_METRICS_EXPORTER: 'otlp,prometheus',
      OTEL_NODE_DIAGNOSTICS: 'true',
    };
    const { code, stdout, stderr } = await consult(env, ['--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ exitCode: 0, findings: [], readBack: [] });
    expect(report.summary).toHaveLength(5);
    expect(report.probe.outcomes).toMatchObject([
      { signal: 'traces', isDelivered: true, status: 200 },
      { signal: 'metrics', isDelivered: true, status: 200 },
      { signal: 'logs', isDelivered: true, status: 200 },
    ]);
  });
});

describe('the five lines at start', () => {
  it.each([
    ['a variable', 'init();', { OTEL_NODE_DIAGNOSTICS: 'true' }],
    ['an option', 'init({ diagnostics: true });', {}],
  ])('are asked for by %s, and say what the doctor says', async (_how, call, more) => {
    await using collector = await startCollector();
    await using folder = await folderWith({
      'package.json': '{"name":"patient"}',
      'app.mjs': `import { init } from ${JSON.stringify(core('index.js'))}; ${call}`,
    });
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const options = { cwd: folder.path, env: { ...env, ...more }, ready: false } as const;
    await using app = await spawnApp(join(folder.path, 'app.mjs'), options);
    await app.exited;
    const { stdout } = await consult(env, [], folder.path);
    const five = (text: string, start: string) =>
      text
        .split('\n')
        .slice(0, 5)
        .map((line) => line.replace(start, '').replace(/instance \S+/, 'instance'));
    expect(five(app.stderr, '[otel] ')).toEqual(five(stdout, ''));
    expect(app.stderr.trim().split('\n')).toHaveLength(5);
  });

  it('are all that core has of the doctor', async () => {
    const text = await readFile(fileURLToPath(core('index.js')), 'utf8');
    expect(text).toContain('callers');
    expect(text).not.toMatch(/otel.doctor/);
  });
});

/** A file of the built package. */
function core(name: string): string {
  return pathToFileURL(join(repository, 'packages/core/dist', name)).href;
}

describe('secrets', () => {
  const canary = (name: string) => `canary-${name}-7f3a`;
  const env = (receiver: string) => ({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.replace('://', `://user:${canary('endpoint')}@`),
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${receiver}/v1/logs?key=${canary('query')}`,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${canary('header')},x-api-key=${canary('key')}`,
    OTEL_EXPORTER_OTLP_METRICS_HEADERS: `no pair ${canary('unusable')}`,
    OTEL_RESOURCE_ATTRIBUTES: `team=${canary('attribute')}`,
    https_proxy: `http://user:${canary('proxy')}@127.0.0.1:1`,
    http_proxy: `ftp://user:${canary('bad-proxy')}@127.0.0.1:1`,
  });
  const options = `export default {
    resource: { attributes: { secret: '${canary('option')}' } },
    traces: { otlpHttp: { headers: { cookie: '${canary('option-header')}' } } },
    exporter: { prometheus: { bearerToken: '${canary('token')}' } },
  };`;

  it.each([
    ['as text', []],
    ['as JSON', ['--json']],
  ])('no secret is printed, %s', async (_how, more) => {
    await using collector = await startCollector();
    collector.respondWith(() => ({ status: 401, message: `bad key ${canary('key')}` }));
    await using folder = await folderWith({
      'package.json': '{"name":"patient"}',
      'otel.options.mjs': options,
    });
    for (const url of [collector.url, 'https://127.0.0.1:1', 'http://collector.invalid:1']) {
      const args = ['--options', 'otel.options.mjs', ...more];
      const { stdout, stderr, code } = await consult(env(url), args, folder.path);
      expect(stdout + stderr).not.toContain('canary');
      expect(stdout).toContain('***');
      expect(code).toBe(1);
    }
  });
});
