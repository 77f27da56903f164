import { startCollector } from '@org/otel-testing/collector';
import { expect, it } from 'vitest';
import { startHttpProxy } from './delivery/start-http-proxy.ts';
import { spawnApp } from './support/spawn-app.ts';

const fixture = new URL('./fixtures/delivery/ending.mjs', import.meta.url).pathname;
const elsewhere = {
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.example:4318',
  OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20canary,x-scope=shop',
  OTEL_METRICS_EXPORTER: 'none',
};

async function run(env: Record<string, string>, way = 'natural end') {
  await using app = await spawnApp(fixture, { args: [way, '0'], env, ready: false });
  const { code } = await app.exited;
  return { code, stderr: app.stderr };
}

it.each([
  ['natural end', 0],
  ['process.exit()', 3],
])('sends through HTTP_PROXY, at the %s too', async (way, code) => {
  await using collector = await startCollector();
  await using proxy = await startHttpProxy(collector.port);
  expect((await run({ ...elsewhere, HTTP_PROXY: proxy.url }, way)).code).toBe(code);
  expect(collector.store.counts.spans).toBe(100);
  expect(proxy.asked).toEqual(['POST http://collector.example:4318/v1/traces']);
});

it('asks this machine directly', async () => {
  await using collector = await startCollector();
  await using proxy = await startHttpProxy(collector.port);
  await run({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, HTTP_PROXY: proxy.url });
  expect(collector.store.counts.spans).toBe(100);
  expect(proxy.asked).toEqual([]);
});

it('keeps a credential from plain HTTP to another machine, said once, unless it is allowed', async () => {
  await using collector = await startCollector();
  await using proxy = await startHttpProxy(collector.port);
  const env = { ...elsewhere, http_proxy: proxy.url };
  const { stderr } = await run(env);
  expect(collector.requests[0]?.headers).toMatchObject({ 'x-scope': 'shop' });
  expect(collector.requests[0]?.headers).not.toHaveProperty('authorization');
  expect(stderr.match(/authorization/g)).toHaveLength(1);
  expect(stderr).not.toContain('canary');
  await run({ ...env, OTEL_NODE_ALLOW_PLAINTEXT_CREDENTIALS: 'true' });
  expect(collector.requests.at(-1)?.headers).toHaveProperty('authorization', 'Bearer canary');
});
