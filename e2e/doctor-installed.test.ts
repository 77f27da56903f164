import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { startCollector } from '@org/otel-testing/collector';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cachedNpmProject } from '../tools/cache.ts';
import { repository } from '../tools/repository.ts';
import { diagnosisOf, folderWith } from './doctor/consult.ts';
import { appFolder } from './packed/app-folder.ts';
import { installedPackages } from './packed/installed-packages.ts';
import { freePort } from './support/free-port.ts';
import { spawnApp } from './support/spawn-app.ts';

let collector: Awaited<ReturnType<typeof startCollector>>;

beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.close());

const manifest = (name: string, version: string) => JSON.stringify({ name, version });

/** The findings in a folder with these packages in its node_modules. */
async function findingsBeside(packages: Readonly<Record<string, string>>) {
  const files = Object.entries(packages).map(([place, version]) => {
    const name = place.split('node_modules/').at(-1) ?? place;
    return [`node_modules/${place}/package.json`, manifest(name, version)];
  });
  await using folder = await folderWith({
    'package.json': '{"name":"patient"}',
    ...Object.fromEntries(files),
  });
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  const { findings, exitCode } = await diagnosisOf(env, [], folder.path);
  expect(exitCode).toBe(0);
  return findings.map(({ id, level, what, advice }) => ({ id, level, what, advice }));
}

describe('what is installed', () => {
  it('api-copies of two versions, each with version and place', async () => {
    const findings = await findingsBeside({
      '@opentelemetry/api': '1.10.0',
      tracer: '1.0.0',
      'tracer/node_modules/@opentelemetry/api': '1.9.1',
    });
    expect(findings).toEqual([
      {
        id: 'api-copies',
        level: 'warning',
        what: expect.stringMatching(
          /installed 2 times: 1\.10\.0 \(.*node_modules\/@opentelemetry\/api\) and 1\.9\.1 \(.*tracer\/node_modules\/@opentelemetry\/api\); what is recorded through one of them may be lost/,
        ),
        advice: expect.stringContaining('npm ls @opentelemetry/api'),
      },
    ]);
  });

  it('api-copies of one version are a note', async () => {
    const findings = await findingsBeside({
      '@opentelemetry/api': '1.10.0',
      '.pnpm/tracer@1.0.0/node_modules/@opentelemetry/api': '1.10.0',
    });
    expect(findings).toMatchObject([{ id: 'api-copies', level: 'note' }]);
  });

  const old = [
    ['express', '4.22.1', '5.0.0', 'warning'],
    ['fastify', '3.29.5', '4.10.0', 'warning'],
    ['router', '2.2.0', '2.3.0', 'warning'],
    ['ioredis', '5.8.2', '5.11.0', 'note'],
    ['mongoose', '8.24.0', '9.7.0', 'note'],
    ['mysql2', '3.19.1', '3.20.0', 'note'],
    ['redis', '4.7.1', '5.12.0', 'note'],
  ] as const;

  it('missing-door of every library that is known', async () => {
    const installed = old.map(([library, version]) => [library, version]);
    const findings = await findingsBeside(Object.fromEntries(installed));
    expect(findings).toHaveLength(old.length);
    for (const [library, version, since, level] of old) {
      const found = findings.find(({ what }) => what.startsWith(`${library} ${version} (`));
      expect(found).toMatchObject({ id: 'missing-door', level });
      expect(found?.what).toContain(`${library} ${since} and later have one`);
    }
  });

  it('nothing is said of versions with a door', async () => {
    expect(await findingsBeside({ router: '2.3.0', express: '5.3.0', fastify: '5.12.8' })).toEqual(
      [],
    );
  });
});

describe('the installed command', () => {
  it('runs by npm exec, which runs no stranger of that name', async () => {
    await using app = await appFolder(await installedPackages());
    const command = ['npm', 'exec', '--offline', '--package=@org/otel-core', '--', 'otel-doctor'];
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const options = { cwd: app.path, env, ready: false } as const;
    await using process = await spawnApp(command, options);
    expect({ ...(await process.exited), output: process.output }).toMatchObject({
      code: 0,
      output: expect.stringContaining('Nothing stops telemetry'),
    });
  });

  it('runtime: says on an old Node.js why nothing is observed, and sends nothing', async () => {
    const project = await cachedNpmProject({
      name: 'node-20',
      dependencies: { node: '20.11.1' },
      allowScripts: { node: true },
    });
    const node = join(project, 'node_modules/node/bin/node');
    const { findings, probe, exitCode } = await diagnosisOf({}, [], undefined, node);
    expect(findings).toMatchObject([{ id: 'runtime', level: 'error' }]);
    expect(findings[0]?.what).toContain('needs Node.js 22.15 or newer, this is 20.11.1');
    expect({ probe, exitCode }).toEqual({ probe: undefined, exitCode: 1 });
  });
});

/** An application that has the official packages; the doctor asks for those that are needed only. */
async function withOfficialPackages(files: Readonly<Record<string, string>> = {}) {
  const manifests = { 'package.json': '{"name":"patient"}', 'node_modules/.keep': '' };
  const folder = await folderWith({ ...manifests, ...files });
  const packages = join(folder.path, 'node_modules/@opentelemetry');
  await symlink(join(repository, 'node_modules/@opentelemetry'), packages, 'junction');
  return folder;
}

it('tells what came from a configuration file', async () => {
  const exporter = JSON.stringify({ otlp_http: { endpoint: `${collector.url}/v1/traces` } });
  await using folder = await withOfficialPackages({
    'otel.yaml': `file_format: "1.0"
tracer_provider:
  processors:
    - batch: { max_queue_size: 33, exporter: ${exporter} }
`,
  });
  const env = { OTEL_CONFIG_FILE: 'otel.yaml', OTEL_BLRP_MAX_QUEUE_SIZE: '9' };
  const { settings, probe } = await diagnosisOf(env, [], folder.path);
  const row = (name: string) => settings.find(({ setting }) => setting === name);
  expect(row('OTEL_BSP_MAX_QUEUE_SIZE')).toMatchObject({
    value: '33',
    origin: 'OTEL_CONFIG_FILE (traces.batch.maxQueueSize)',
  });
  expect(row('OTEL_CONFIG_FILE')?.value).toBe('otel.yaml');
  expect(row('OTEL_BLRP_MAX_QUEUE_SIZE')).toMatchObject({ value: '2048', origin: 'default' });
  expect(probe?.outcomes).toMatchObject([{ signal: 'traces', isDelivered: true }]);
});

describe('over gRPC', () => {
  it('connection-refused, and the port of HTTP is taken for a mix-up', async () => {
    await using folder = await withOfficialPackages();
    const target = `http://127.0.0.1:${await freePort()}`;
    const env = {
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_ENDPOINT: target,
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://127.0.0.1:4318',
    };
    const { findings, exitCode } = await diagnosisOf(env, [], folder.path);
    const ids = findings.map(({ id }) => id);
    expect(ids).toContain('connection-refused');
    const what = findings.find(({ id }) => id === 'port-mixup')?.what;
    expect(what).toBe('logs are sent over grpc to port 4318, where collectors take HTTP.');
    expect(exitCode).toBe(1);
  });

  it('a package that is not installed is said, and HTTP is used', async () => {
    const env = {
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    };
    const { findings } = await diagnosisOf(env);
    expect(findings[0]?.what).toContain('npm install @opentelemetry/exporter-trace-otlp-grpc');
  });
});
