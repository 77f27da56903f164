import { type Collector, expectTrace, startCollector } from '@org/otel-testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { debianPart, optionalPart } from '../tools/cache.ts';
import { type Postgres, startPostgres } from './databases/start-postgres.ts';
import { type Redis, startRedis } from './databases/start-redis.ts';
import { type AppFolder, appFolder } from './packed/app-folder.ts';
import { installedWith } from './packed/installed-packages.ts';
import { type App, spawnApp } from './support/spawn-app.ts';

const libraries = {
  '@opentelemetry/api': '1.10.0',
  '@opentelemetry/instrumentation-ioredis': '0.72.0',
  '@opentelemetry/instrumentation-pg': '0.77.0',
  ioredis: '5.8.2',
  pg: '8.16.3',
};

const roots = await optionalPart(Promise.all([debianPart('postgresql'), debianPart('redis')]));

let folder: AppFolder;
let collector: Collector;
let postgres: Postgres | undefined;
let redis: Redis | undefined;

beforeAll(async () => {
  folder = await appFolder(await installedWith('packed-databases', libraries), 'databases');
  collector = await startCollector();
  if (!roots) return;
  postgres = await startPostgres(roots[0]);
  redis = await startRedis(roots[1]);
});
beforeEach(() => collector.clear());
afterAll(async () => {
  await redis?.[Symbol.asyncDispose]();
  await postgres?.[Symbol.asyncDispose]();
  await collector?.close();
  await folder?.[Symbol.asyncDispose]();
});

const register = '@org/otel-core/register';

function start(file: string, nodeArgs: string[], env: Record<string, string>): Promise<App> {
  return spawnApp(folder.file(file), {
    nodeArgs,
    cwd: folder.path,
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SERVICE_NAME: 'shop',
      POSTGRES: postgres?.url,
      REDIS: String(redis?.port),
      ...env,
    },
  });
}

describe.skipIf(!roots).each([
  ['an ES module', 'app.mjs', '--import'],
  ['CommonJS', 'app.cjs', '--require'],
  ['CommonJS, by --import', 'app.cjs', '--import'],
])('in %s', (_, file, flag) => {
  it('gives pg and ioredis one child span a call', async () => {
    await using app = await start(file, [flag, register], {
      OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'pg,ioredis',
    });
    for (const path of ['/postgres', '/redis']) {
      const answer = await fetch(`http://127.0.0.1:${app.port}${path}`);
      expect(await answer.text()).toBe('hello');
    }
    await app.stop();
    const query = await expectTrace(collector, {
      name: 'GET',
      kind: 'server',
      attributes: { 'url.path': '/postgres' },
      spans: [{ name: 'pg.query:SELECT postgres', kind: 'client' }],
    });
    expect(query.root.span.status.code).toBe('unset');
    await expectTrace(collector, {
      name: 'GET',
      kind: 'server',
      attributes: { 'url.path': '/redis' },
      spans: [{ name: 'get', kind: 'client' }],
    });
    expect(app.stderr).toBe('');
  });

  it('leaves them alone where they are disabled', async () => {
    await using app = await start(file, [flag, register], {
      OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'pg,ioredis',
      OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'pg,ioredis',
    });
    await (await fetch(`http://127.0.0.1:${app.port}/postgres`)).text();
    await app.stop();
    expect(collector.store.spans().map(({ kind }) => kind)).toEqual(['server']);
    expect(app.stderr).toBe('');
  });
});

it('says of a package that is not installed, and of a library that was loaded before', async () => {
  const app = await spawnApp(folder.file('late.cjs'), {
    cwd: folder.path,
    ready: false,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
  });
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(app.stderr.trim().split('\n').sort()).toEqual([
    '[otel] @opentelemetry/instrumentation-kafkajs is wanted (OTEL_NODE_ENABLED_INSTRUMENTATIONS or the option instrumentations) but not installed: npm install @opentelemetry/instrumentation-kafkajs',
    expect.stringMatching(
      /^\[otel] pg was loaded before init\(\), so @opentelemetry\/instrumentation-pg does not see it/,
    ),
    expect.stringMatching(/^\[otel] pg-pool was loaded before init\(\)/),
  ]);
});
