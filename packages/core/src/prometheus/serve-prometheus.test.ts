import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { metrics } from '@opentelemetry/api';
import { addMetricProducer, type InitOptions, init } from '@org/otel-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hostileArguments } from '../../test/hostile.ts';
import { ask, serve } from '../../test/observe.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A core whose metrics are pulled, on a port of its own. */
async function pulled(prometheus: NonNullable<InitOptions['exporter']>['prometheus'] = {}) {
  const port = prometheus.port ?? (await freePort());
  vi.stubEnv('OTEL_TRACES_EXPORTER', 'none');
  vi.stubEnv('OTEL_LOGS_EXPORTER', 'none');
  vi.stubEnv('OTEL_METRICS_EXPORTER', 'prometheus');
  const option = { host: '127.0.0.1', port, ...prometheus };
  const telemetry = init({ serviceName: 'shop', exporter: { prometheus: option } });
  open.push(() => telemetry.shutdown());
  const url = `http://127.0.0.1:${port}`;
  return { port, url };
}

const scrape = (url: string, headers = {}, method = 'GET') =>
  vi.waitFor(() => fetch(url, { headers, method }), { timeout: 10_000, interval: 20 });

describe('the endpoint for Prometheus', () => {
  it('shows what was counted, with exemplars for those who read OpenMetrics, and not its own requests', async () => {
    const { url } = await pulled();
    await using app = await serve((_request, response) => response.end());
    await ask(app.url);
    const plain = await scrape(`${url}/metrics`);
    expect(plain.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await plain.text();
    expect(text).toMatch(/^target_info\{.*service_name="shop".*\} 1$/m);
    const counts = /^http_server_request_duration_seconds_count\{.*\} (\d+)$/gm;
    expect([...text.matchAll(counts)].map(([, count]) => count)).toEqual(['1']);
    const accept = 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5';
    const rich = await scrape(`${url}/metrics?x=1`, { accept });
    expect(rich.headers.get('content-type')).toContain('application/openmetrics-text');
    const more = await rich.text();
    expect(more).toMatch(
      /^http_server_request_duration_seconds_bucket\{.*\} 1 # \{trace_id="[0-9a-f]{32}",span_id="[0-9a-f]{16}"\} /m,
    );
    expect([...more.matchAll(counts)].map(([, count]) => count)).toEqual(['1']);
    expect(more.endsWith('# EOF\n')).toBe(true);
  });

  it('has a host and a port from the environment', async () => {
    const port = await freePort();
    vi.stubEnv('OTEL_TRACES_EXPORTER', 'none');
    vi.stubEnv('OTEL_LOGS_EXPORTER', 'none');
    vi.stubEnv('OTEL_METRICS_EXPORTER', 'prometheus');
    vi.stubEnv('OTEL_EXPORTER_PROMETHEUS_HOST', '127.0.0.1');
    vi.stubEnv('OTEL_EXPORTER_PROMETHEUS_PORT', String(port));
    const telemetry = init({ serviceName: 'shop' });
    open.push(() => telemetry.shutdown());
    expect((await scrape(`http://127.0.0.1:${port}/metrics`)).status).toBe(200);
  });

  it('refuses other paths, other methods and those without the token', async () => {
    const { url } = await pulled({ path: '/figures', bearerToken: 'hunter2' });
    const authorization = 'Bearer hunter2';
    const statuses = [
      await scrape(`${url}/figures`),
      await scrape(`${url}/figures`, { authorization: 'Bearer hunter' }),
      await scrape(`${url}/figures`, { authorization }),
      await scrape(`${url}/metrics`, { authorization }),
      await scrape(`${url}/figures`, { authorization }, 'POST'),
      await scrape(`${url}/figures`, { authorization }, 'HEAD'),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 401, 200, 404, 405, 200]);
  });

  // CVE-2026-44902: a target that is no URL ended the process that served it.
  it.each([
    'GET http://[::1 HTTP/1.1',
    'GET // HTTP/1.1',
    'GET /%zz HTTP/1.1',
    'GET http:// HTTP/1.1',
    'GET http://a:b:c/metrics HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    'CONNECT nowhere:99999999 HTTP/1.1',
  ])('outlives the request line %s', async (line) => {
    const { port, url } = await pulled();
    await scrape(`${url}/metrics`);
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    socket.resume();
    socket.end(`${line}\r\nHost: a\r\nConnection: close\r\n\r\n`);
    await once(socket, 'close');
    expect((await scrape(`${url}/metrics`)).status).toBe(200);
  });

  it('answers while a thousand slow sockets are open and others send nonsense', async () => {
    const { port, url } = await pulled();
    await scrape(`${url}/metrics`);
    const sockets: Socket[] = [];
    open.push(() => sockets.forEach((socket) => void socket.destroy()));
    for (let n = 0; n < 1000; n++) {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      sockets.push(socket);
      await once(socket, 'connect');
      socket.write('GET /metrics HTTP/1.1\r\nx-slow: ');
    }
    for (const line of ['\0\x01\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', 'GET  \r\n\r\n']) {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      socket.end(line);
      socket.resume();
      await once(socket, 'close');
    }
    expect((await scrape(`${url}/metrics`)).status).toBe(200);
  });

  it('says in one sentence that its port is taken, and the application runs on', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    open.push(() => other.close());
    const { port } = other.address() as AddressInfo;
    const said: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    await pulled({ port });
    await vi.waitFor(() => expect(said).toHaveLength(1), { timeout: 10_000 });
    expect(said[0]).toBe(
      `[otel] metrics cannot be scraped at 127.0.0.1:${port}: another process listens there; set OTEL_EXPORTER_PROMETHEUS_PORT or exporter.prometheus.port to a free port\n`,
    );
  });

  it('is gone after shutdown()', async () => {
    const { url } = await pulled();
    await scrape(`${url}/metrics`);
    await open.pop()?.();
    await expect(fetch(`${url}/metrics`)).rejects.toThrow();
  });

  it('2,000 measurements with hostile attributes and a broken producer: the page is served, the good metric on it', async () => {
    const { url } = await pulled();
    const any = hostileArguments(11);
    const meter = metrics.getMeter('app');
    meter.createObservableGauge('app.level').addCallback((result) => {
      for (let n = 0; n < 200; n++) result.observe(any(), any());
    });
    meter.createCounter('app.jobs').add(7, { constructor: 'a' } as never);
    const wait = meter.createHistogram('app.wait');
    for (let n = 0; n < 1000; n++) {
      wait.record(n, { kind: any(), of: any() });
      wait.record(n, any());
    }
    const scopeMetrics = [{ scope: { name: 'own' }, metrics: [{ dataPoints: [any()] }] }];
    const remove = addMetricProducer({
      collect: async () => ({ resourceMetrics: { scopeMetrics } }) as never,
    });
    const response = await scrape(`${url}/metrics`);
    const page = await response.text();
    remove();
    expect(response.status).toBe(200);
    expect(page).toContain('app_jobs_total{constructor="a"} 7');
    expect(page).toContain('app_wait_count');
  });
});
