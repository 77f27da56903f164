import { readFileSync } from 'node:fs';
import { startCollector } from '@org/otel-testing/collector';
import { expect, it } from 'vitest';
import { startHttpProxy } from './delivery/start-http-proxy.ts';
import { doctorFile } from './doctor/troubled-receivers.ts';
import { startTlsFront } from './settings/start-tls-front.ts';
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

it.each([
  ['natural end', 0],
  ['process.exit()', 3],
])(
  'sends through HTTPS_PROXY, encrypted to the receiver, credentials too, at the %s too',
  async (way, code) => {
    await using collector = await startCollector();
    const [key, cert] = ['other-name.key', 'other-name.pem'].map((file) =>
      readFileSync(doctorFile(file)),
    );
    await using front = await startTlsFront(collector, { key, cert });
    await using proxy = await startHttpProxy(front.port);
    const env = {
      ...elsewhere,
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example:4318',
      OTEL_EXPORTER_OTLP_CERTIFICATE: doctorFile('other-name.pem'),
      HTTPS_PROXY: proxy.url,
    };
    const end = await run(env, way);
    expect(end.code).toBe(code);
    expect(collector.store.counts.spans, end.stderr).toBe(100);
    expect(front.headers[0]).toMatchObject({ authorization: 'Bearer canary' });
    expect(proxy.asked).toEqual(['CONNECT collector.example:4318']);
  },
);

it('NO_PROXY: the machine that it names is asked directly', async () => {
  await using collector = await startCollector();
  await using proxy = await startHttpProxy(collector.port);
  const { stderr } = await run({
    ...elsewhere,
    HTTP_PROXY: proxy.url,
    NO_PROXY: 'elsewhere.example,collector.example',
  });
  expect(proxy.asked).toEqual([]);
  expect(collector.requests).toEqual([]);
  expect(stderr).toContain('cannot be delivered to http://collector.example:4318');
});

it('asks this machine directly', async () => {
  await using collector = await startCollector();
  await using proxy = await startHttpProxy(collector.port);
  await run({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, HTTP_PROXY: proxy.url });
  expect(collector.store.counts.spans).toBe(100);
  expect(proxy.asked).toEqual([]);
});

it('keeps the Basic credential of OpenObserve from plain HTTP to another machine, and from stderr', async () => {
  await using collector = await startCollector();
  await using proxy = await startHttpProxy(collector.port);
  const env = { ...elsewhere, OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic%20Y2FuYXJ5' };
  const { stderr } = await run({ ...env, HTTP_PROXY: proxy.url });
  expect(collector.store.counts.spans).toBe(100);
  expect(collector.requests[0]?.headers).not.toHaveProperty('authorization');
  expect(stderr).not.toContain('Y2FuYXJ5');
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
