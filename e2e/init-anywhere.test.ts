import { type Collector, type ExpectedTrace, expectTrace, startCollector } from '@org/otel-testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppFolder, appFolder } from './packed/app-folder.ts';
import { installedPackages } from './packed/installed-packages.ts';
import { startUpstream, type Upstream } from './packed/start-upstream.ts';
import { spawnApp } from './support/spawn-app.ts';

let folder: AppFolder;
let collector: Collector;
let upstream: Upstream;

beforeAll(async () => {
  folder = await appFolder(await installedPackages(), 'anywhere');
  collector = await startCollector();
  upstream = await startUpstream();
});
afterAll(async () => {
  await upstream[Symbol.asyncDispose]();
  await collector.close();
  await folder[Symbol.asyncDispose]();
});

const client: ExpectedTrace = {
  name: 'GET',
  kind: 'client',
  attributes: { 'http.response.status_code': 200 },
};

function server(below: ExpectedTrace): ExpectedTrace {
  return {
    service: 'anywhere',
    name: 'GET /things/:id',
    kind: 'server',
    attributes: { 'http.route': '/things/:id', 'http.response.status_code': 200 },
    spans: [below],
  };
}

const controller: ExpectedTrace = {
  name: 'ThingsController.find',
  kind: 'internal',
  spans: [client],
};

const apps = [
  { app: 'express', title: 'Express 5', spans: 2, tree: server(client) },
  { app: 'nest', title: 'NestJS 12 with OtelModule', spans: 3, tree: server(controller) },
  { app: 'nest-alone', title: 'NestJS 12 with init() alone', spans: 2, tree: server(client) },
];
const places = [
  { place: 'before', where: 'init() before the imports' },
  { place: 'after', where: 'init() after the imports' },
  { place: 'after-listen', where: 'init() after listen' },
  { place: 'register', where: '--import @org/otel-core/register' },
];

describe.each(apps)('$title', ({ app, spans, tree }) => {
  describe.each(['mjs', 'cjs'])('in a .%s file', (format) => {
    it.each(places)('$where', async ({ place }) => {
      collector.clear();
      upstream.received.length = 0;
      const running = await spawnApp(folder.file(`main.${format}`), {
        args: [app, place],
        nodeArgs: place === 'register' ? ['--import', '@org/otel-core/register'] : [],
        cwd: folder.path,
        env: {
          OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
          OTEL_SERVICE_NAME: 'anywhere',
          UPSTREAM: upstream.url,
        },
      });
      await using _ = running;
      const response = await fetch(`http://127.0.0.1:${running.port}/things/7`);
      expect(await response.json()).toEqual({ up: true });
      expect(await running.stop('SIGTERM')).toEqual({ code: null, signal: 'SIGTERM' });

      const trace = await expectTrace(collector, tree);
      expect(collector.store.spans()).toHaveLength(spans);
      const caller = collector.store.spans().find((span) => span.kind === 'client');
      expect(upstream.received.map((headers) => headers['traceparent'])).toEqual([
        `00-${trace.traceId}-${caller?.spanId}-03`,
      ]);
      expect(running.stderr).toBe('');
    });
  });
});
