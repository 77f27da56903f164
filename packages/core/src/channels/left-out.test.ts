import { once } from 'node:events';
import { type RequestListener, request } from 'node:http';
import { logs, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ask, type Observed, observe, serve } from '../../test/observe.ts';
import { isInstrumentationDisabled } from '../index.ts';
import type { InitOptions } from '../settings/options.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Kind and path of every span, and how many requests the durations have counted. */
async function seen({ collector, telemetry }: Observed) {
  await Promise.all(closed.splice(0));
  await telemetry.forceFlush();
  const counted = (name: string) =>
    collector.store
      .metrics()
      .filter((metric) => metric.name === name)
      .flatMap(({ points }) => points)
      .reduce((sum, point) => sum + Number('count' in point ? point.count : 0), 0);
  const spans = collector.store.spans().map(({ kind, attributes }) => {
    const path = attributes['url.path'] ?? new URL(String(attributes['url.full'])).pathname;
    return `${kind} ${path}`;
  });
  return {
    spans: spans.sort(),
    served: counted('http.server.request.duration'),
    made: counted('http.client.request.duration'),
  };
}

const closed: Promise<unknown>[] = [];

/** A server whose requests have all ended once `closed` has: a span ends when the response closes. */
function serveAndNote(handler: RequestListener) {
  return serve((incoming, response) => {
    closed.push(once(response, 'close'));
    return handler(incoming, response);
  });
}

async function byNodeHttp(url: string): Promise<void> {
  const sent = request(url).end();
  const ended = once(sent, 'close');
  const [answer] = await once(sent, 'response');
  await answer.resume().toArray();
  await ended;
}

/** `/health` asks `/inner`, by both clients. */
async function askHealthAndOrders(options: InitOptions) {
  await using observed = await observe(options);
  await using served = await serveAndNote(async (incoming, response) => {
    const inner = `http://${incoming.headers.host}/inner`;
    if (incoming.url?.startsWith('/health')) {
      trace.getTracer('app').startSpan('own').end();
      await (await fetch(inner)).text();
      await byNodeHttp(inner);
    }
    response.end();
  });
  await ask(`${served.url}/health?full=1`);
  await ask(`${served.url}/orders/7`);
  return await seen(observed);
}

const withoutHealth = {
  spans: ['server /inner', 'server /inner', 'server /orders/7'],
  served: 3,
  made: 0,
};

describe('excluded URLs', () => {
  it('makes neither spans nor metrics of a request, nor of what is done to serve it', async () => {
    expect(await askHealthAndOrders({ excludedUrls: ['/health', /METRICS/i] })).toEqual(
      withoutHealth,
    );
  });

  it('are no active requests', async () => {
    const options = { excludedUrls: ['/health'], http: { activeRequests: true } };
    await using observed = await observe(options);
    await using served = await serveAndNote((_request, response) => void response.end());
    await ask(`${served.url}/health`);
    const named = () =>
      observed.collector.store.metrics().some(({ name }) => name === 'http.server.active_requests');
    await observed.telemetry.forceFlush();
    expect(named()).toBe(false);
    await ask(`${served.url}/orders`);
    await observed.telemetry.forceFlush();
    expect(named()).toBe(true);
  });

  it('come from the variable, separated by commas, and are searched for in the whole URL', async () => {
    vi.stubEnv('OTEL_NODE_EXCLUDED_URLS', '/metrics$, ^http://127[^/]+/health');
    expect(await askHealthAndOrders({})).toEqual(withoutHealth);
  });

  it('leave out requests that are made', async () => {
    await using observed = await observe({ excludedUrls: [/token=1/g] });
    await using served = await serveAndNote((_, response) => response.end());
    await (await fetch(`${served.url}/a?token=1`)).text();
    await byNodeHttp(`${served.url}/b?token=1`);
    await (await fetch(`${served.url}/c`)).text();
    const { spans, made } = await seen(observed);
    expect([spans, made]).toEqual([['client /c', 'server /c'], 1]);
  });

  it('reports what is no pattern and uses the others', async () => {
    const said: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    vi.stubEnv('OTEL_NODE_EXCLUDED_URLS', '[,/health');
    expect(await askHealthAndOrders({})).toEqual(withoutHealth);
    expect(said).toEqual([
      '[otel] OTEL_NODE_EXCLUDED_URLS: expected a regular expression, got "["; using the others\n',
    ]);
  });
});

describe('disabled instrumentations', () => {
  async function askOnce(options: InitOptions) {
    await using observed = await observe(options);
    await using served = await serveAndNote((_, response) => response.end());
    await (await fetch(served.url)).text();
    await byNodeHttp(served.url);
    for (const scope of ['@org/otel-winston', 'app']) logs.getLogger(scope).emit({ body: scope });
    const { spans, served: counted, made } = await seen(observed);
    const names = new Set(observed.collector.store.metrics().map(({ name }) => name));
    const bodies = observed.collector.store.logs().map(({ body }) => body);
    return { spans, counted, made, runtime: names.has('v8js.memory.heap.used'), bodies };
  }

  const client = 'client /';
  const server = 'server /';
  const everything = {
    spans: [client, client, server, server],
    counted: 2,
    made: 2,
    runtime: true,
    bodies: ['@org/otel-winston', 'app'],
  };

  it.each([
    ['', {}],
    ['http', { spans: [client], counted: 0, made: 1 }],
    ['undici', { spans: [client, server, server], made: 1 }],
    ['HTTP, undici', { spans: [], counted: 0, made: 0 }],
    ['runtime-node', { runtime: false }],
    ['winston', { bodies: ['app'] }],
    ['fs,dns', {}],
  ])('%s', async (names, difference) => {
    vi.stubEnv('OTEL_NODE_DISABLED_INSTRUMENTATIONS', names);
    expect(await askOnce({})).toEqual({ ...everything, ...difference });
  });

  it('tell adapters', async () => {
    expect(isInstrumentationDisabled('nestjs')).toBe(false);
    await using _ = await observe({ disabledInstrumentations: ['nestjs-core'] });
    expect(isInstrumentationDisabled('nestjs')).toBe(true);
    expect(isInstrumentationDisabled('http')).toBe(false);
  });

  it('reports a name that nobody knows', async () => {
    const said: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    await using _ = await observe({ disabledInstrumentations: ['exprss'] });
    expect(said).toEqual([
      '[otel] disabledInstrumentations: expected the name of an instrumentation, got "exprss"; using the others\n',
    ]);
  });
});
