import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cachedNpmProject } from '../tools/cache.ts';
import { repository } from '../tools/repository.ts';
import { folderWith } from './doctor/consult.ts';
import { type App, spawnApp } from './support/spawn-app.ts';

/** Libraries of before their doors, and an SDK with the API of its time. */
const dependencies = {
  '@opentelemetry/api': '1.9.0',
  '@opentelemetry/sdk-trace-node': '2.2.0',
  express: '4.22.1',
  fastify: '3.29.5',
  ioredis: '5.8.2',
};

const open = new AsyncDisposableStack();
let installed: string;
let app: string;

/** An application whose own packages are old, beside a core with the API of today. */
beforeAll(async () => {
  installed = await cachedNpmProject({ name: 'doctor-guards', dependencies });
  const folder = open.use(await folderWith({ 'package.json': '{"name":"guarded"}' }));
  app = folder.path;
  const modules = join(app, 'node_modules');
  await mkdir(join(modules, '@org'), { recursive: true });
  await symlink(join(repository, 'packages/core'), join(modules, '@org/otel-core'), 'junction');
  for (const name of await readdir(join(installed, 'node_modules'))) {
    await symlink(join(installed, 'node_modules', name), join(modules, name), 'junction');
  }
});
afterAll(() => open.disposeAsync());

const nowhere = {
  OTEL_TRACES_EXPORTER: 'none',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
};

/** Runs a program of the application, which has no receiver, until it ends or says what is waited for. */
async function run(name: string, text: string, ready?: RegExp): Promise<App> {
  const file = join(app, name);
  await writeFile(file, text);
  const process = open.use(
    await spawnApp(file, { cwd: app, env: nowhere, ready: ready ?? false, timeout: 60_000 }),
  );
  if (!ready) await process.exited;
  return process;
}

const count = (text: string, part: string) => text.split(part).length - 1;
const stays = 'setInterval(() => {}, 1000);';

describe('another copy of the API', () => {
  it.each([
    ['CommonJS', 'copies.cjs', 'require("@org/otel-core").init();'],
    ['ESM', 'copies.mjs', 'import { init } from "@org/otel-core"; init();'],
  ])('is said by init() with both versions and places, once (%s)', async (_kind, name, text) => {
    const { stderr } = await run(name, `${text} ${text.replace(/import.*?; /, '')}`);
    expect(stderr).toMatch(
      /^\[otel\] copies of @opentelemetry\/api of different versions are in this process: 1\.9\.0 \(.*\) and 1\.10\.0 \(.*\); what is recorded through one of them may be lost/m,
    );
    expect(stderr).toContain(`1.9.0 (${join(installed, 'node_modules/@opentelemetry/api')})`);
    expect(stderr).toContain(`1.10.0 (${join(repository, 'node_modules/@opentelemetry/api')})`);
    expect(count(stderr, 'different versions')).toBe(1);
  });

  it('of the same version nothing is said, but another SDK is', async () => {
    await using folder = await folderWith({
      'package.json': '{"name":"well"}',
      'app.mjs': `import { trace } from "@opentelemetry/api";
        import { TracerProvider } from "@opentelemetry/sdk-trace";
        import { init } from "@org/otel-core";
        init();
        await init().shutdown();
        console.error("well so far");
        trace.setGlobalTracerProvider(new TracerProvider());
        init();`,
    });
    const modules = join(folder.path, 'node_modules');
    await mkdir(join(modules, '@org'), { recursive: true });
    await symlink(join(repository, 'packages/core'), join(modules, '@org/otel-core'), 'junction');
    const ours = join(repository, 'node_modules/@opentelemetry');
    await symlink(ours, join(modules, '@opentelemetry'), 'junction');
    const file = join(folder.path, 'app.mjs');
    await using process = await spawnApp(file, { cwd: folder.path, env: nowhere, ready: false });
    await process.exited;
    expect(process.stderr).toMatch(
      /^well so far\n\[otel\] another OpenTelemetry SDK, .* \(tracer provider\): TracerProvider, .*@opentelemetry\/sdk-trace 3\.1\.0 \(/,
    );
    expect(process.stderr).not.toContain('different versions');
  });
});

describe('another SDK', () => {
  const register = 'new NodeTracerProvider().register(); init();';

  it.each([
    [
      'CommonJS',
      'sdk.cjs',
      `const { NodeTracerProvider } = require("@opentelemetry/sdk-trace-node");
       const { init } = require("@org/otel-core"); ${register}`,
    ],
    [
      'ESM',
      'sdk.mjs',
      `import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
       import { init } from "@org/otel-core"; ${register}`,
    ],
  ])(
    'that is registered is named with its class, package and place (%s)',
    async (_kind, name, text) => {
      const { stderr } = await run(name, text);
      const place = join(installed, 'node_modules/@opentelemetry/sdk-trace-node');
      expect(stderr).toContain(
        `another OpenTelemetry SDK, or another copy of @opentelemetry/api, is registered in this process (context manager, propagator, tracer provider`,
      );
      expect(stderr).toContain(`NodeTracerProvider, opentelemetry 2.2.0, `);
      expect(stderr).toContain(`of @opentelemetry/sdk-trace-node 2.2.0 (${place})`);
      expect(stderr).toContain('registered through @opentelemetry/api 1.9.0');
      expect(stderr).toMatch(
        /copies of @opentelemetry\/api of different versions are in this process: 1\.9\.0 \(.*\) and 1\.10\.0 \(/,
      );
      expect(stderr).toMatch(/here it meets @org\/otel-core \d+\.\d+\.\d+ \(.*core\)/);
    },
  );
});

describe('a library of before its door', () => {
  it.each([
    [
      'CommonJS',
      'old.cjs',
      'require("@org/otel-core").init(); for (const name of ["express", "fastify", "ioredis"]) require(name);',
    ],
    [
      'what ESM imports of CommonJS',
      'old.mjs',
      'import { init } from "@org/otel-core"; import "express"; import "fastify"; import "ioredis"; init();',
    ],
  ])('is warned about with the version that has one (%s)', async (_kind, name, text) => {
    const process = await run(name, `${text} ${stays}`, /ioredis 5\.8\.2/);
    const { stderr } = process;
    const place = (library: string) => join(installed, 'node_modules', library);
    expect(stderr).toContain(
      `[otel] fastify 3.29.5 (${place('fastify')}) opens no door to be observed through: http.route and errors are left out of its server spans; fastify 4.10.0 and later have one\n`,
    );
    expect(stderr).toContain(
      `[otel] ioredis 5.8.2 (${place('ioredis')}) opens no door to be observed through: its commands make no spans; ioredis 5.11.0 and later have one`,
    );
    expect(count(stderr, 'ioredis 5.8.2')).toBe(1);
    expect(stderr).not.toContain('express'); // it is said where a mounted router makes it true
  });
});
