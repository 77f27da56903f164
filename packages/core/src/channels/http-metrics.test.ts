import { once } from 'node:events';
import { Agent, request as httpRequest, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ask, type Observed, observe, type Served, serve } from '../../test/observe.ts';
import { collectMetrics, type HttpOption, type MetricPoint } from '../index.ts';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const part of open.splice(0).reverse()) await part[Symbol.asyncDispose]();
});

async function start(http: HttpOption, handler: RequestListener): Promise<Observed & Served> {
  const observed = await observe({ http });
  const served = await serve(handler);
  open.push(observed, served);
  return { ...observed, ...served };
}

async function pointsOf(name: string): Promise<readonly MetricPoint[]> {
  const all = (await collectMetrics())?.scopeMetrics.flatMap(({ metrics }) => metrics) ?? [];
  return all.find(({ descriptor }) => descriptor.name === name)?.dataPoints ?? [];
}

/** Sums by `METHOD status`; each point must have counted its requests once. */
async function sizesOf(name: string): Promise<Record<string, number>> {
  const points = await pointsOf(name);
  return Object.fromEntries(
    points.map(({ attributes, value }) => {
      const { count, sum } = value as { count: number; sum: number };
      expect(count).toBe(1);
      return [
        `${attributes['http.request.method']} ${attributes['http.response.status_code']}`,
        sum,
      ];
    }),
  );
}

const activeNow = async () =>
  Object.fromEntries(
    (await pointsOf('http.server.active_requests')).map(({ attributes, value }) => [
      `${attributes['http.request.method']} ${attributes['url.scheme']}`,
      value,
    ]),
  );

/** Answers on a raw socket until it closes or holds the text. */
async function rawAsk(url: string, requests: string, until: RegExp): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let got = '';
  socket.setEncoding('latin1').on('data', (piece: string) => {
    got += piece;
  });
  socket.write(requests);
  await vi.waitFor(() => expect(got).toMatch(until), { timeout: 20_000 });
  socket.destroy();
  return got;
}

describe('http.server.active_requests', () => {
  it('counts a request while it is served and is 0 again after answers and aborts', async () => {
    const waiting: (() => void)[] = [];
    const { url } = await start({ activeRequests: true }, (_request, response) => {
      waiting.push(() => response.end('ok'));
    });
    const answered = ask(url);
    const aborted = httpRequest(url, { method: 'POST' }).on('error', () => {});
    context.with(suppressTracing(ROOT_CONTEXT), () => aborted.end());
    await vi.waitFor(() => expect(waiting).toHaveLength(2), { timeout: 20_000 });
    expect(await activeNow()).toEqual({ 'GET http': 1, 'POST http': 1 });
    aborted.destroy();
    for (const end of waiting) end();
    await answered;
    const none = { 'GET http': 0, 'POST http': 0 };
    await vi.waitFor(async () => expect(await activeNow()).toEqual(none), { timeout: 20_000 });
  });

  it('is asked for by its variable too, and off by default', async () => {
    const { url } = await start({}, (_request, response) => response.end());
    await ask(url);
    expect(await pointsOf('http.server.active_requests')).toEqual([]);
    expect(await pointsOf('http.server.response.body.size')).toEqual([]);
    await open.pop()?.[Symbol.asyncDispose]();
    await open.pop()?.[Symbol.asyncDispose]();
    vi.stubEnv('OTEL_NODE_HTTP_ACTIVE_REQUESTS', 'true');
    const again = await start({}, (_request, response) => response.end());
    await ask(again.url);
    expect(await pointsOf('http.server.active_requests')).toHaveLength(1);
  });
});

describe('body sizes of a server', () => {
  it('are those of announced, counted, absent and aborted bodies', async () => {
    const { url } = await start({ bodySizes: true }, async (request, response) => {
      const body = await text(request);
      if (request.method === 'DELETE') response.writeHead(204).end();
      else if (request.method === 'PATCH') response.writeHead(202).write('0123');
      else {
        response.statusCode = request.method === 'HEAD' ? 200 : 201;
        response.end(`got ${body}`);
      }
    });
    await ask(url, { method: 'PUT', body: 'five!' });
    await ask(url, { method: 'HEAD' });
    await ask(url, { method: 'DELETE' });
    const chunked = 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
    await rawAsk(url, `${chunked}3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n`, /got abcdefg/);
    await rawAsk(url, 'PATCH / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi', /0123/);
    const requests = {
      'PUT 201': 5,
      'HEAD 200': 0,
      'DELETE 204': 0,
      'POST 201': 7,
      'PATCH 202': 2,
    };
    await vi.waitFor(
      async () => expect(await sizesOf('http.server.request.body.size')).toEqual(requests),
      { timeout: 20_000 },
    );
    expect(await sizesOf('http.server.response.body.size')).toEqual({
      'PUT 201': 9,
      'HEAD 200': 0,
      'DELETE 204': 0,
      'POST 201': 11,
      'PATCH 202': 9, // 4 bytes in the frame of one chunk
    });
  });

  it('belong to their own request where several share a connection', async () => {
    const { url } = await start({ bodySizes: true }, (request, response) => {
      response.statusCode = Number(request.url?.slice(1));
      setImmediate(() => response.end('x'.repeat(response.statusCode)));
    });
    const piped = [200, 203, 206].map((status) => `GET /${status} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await rawAsk(url, piped.join(''), /x{206}/);
    const sizes = { 'GET 200': 200, 'GET 203': 203, 'GET 206': 206 };
    await vi.waitFor(
      async () => expect(await sizesOf('http.server.response.body.size')).toEqual(sizes),
      { timeout: 20_000 },
    );
  });
});

describe('body sizes of a client', () => {
  const echo: RequestListener = async (request, response) => {
    const body = await text(request);
    response.writeHead(request.method === 'GET' ? 200 : 201);
    response.write('12345');
    response.end(body);
  };

  it('are those that node:http sends and reads', async () => {
    const { url } = await start({ bodySizes: true }, echo);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (const [method, body] of [
      ['GET', ''],
      ['PUT', 'abc'],
      ['POST', 'abcd'],
    ] as const) {
      const sent = httpRequest(url, { agent, method });
      if (method === 'POST') sent.setHeader('content-length', 4).write('ab');
      sent.end(body.slice(method === 'POST' ? 2 : 0));
      const [response] = await once(sent, 'response');
      expect(await text(response)).toBe(`12345${body}`);
      if (!sent.closed) await once(sent, 'close');
    }
    agent.destroy();
    expect(await sizesOf('http.client.request.body.size')).toEqual({
      'GET 200': 0,
      'PUT 201': 3,
      'POST 201': 4,
    });
    expect(await sizesOf('http.client.response.body.size')).toEqual({
      'GET 200': 5,
      'PUT 201': 8,
      'POST 201': 9,
    });
  });

  it('are those that fetch sends and reads', async () => {
    const { url } = await start({ bodySizes: true }, (_request, response) => {
      response.setHeader('content-length', 6);
      response.end('answer');
    });
    await (await fetch(url)).text();
    await (await fetch(url, { method: 'POST', body: 'hello' })).text();
    const bodies = { 'GET 200': 0, 'POST 200': 5 };
    await vi.waitFor(
      async () => expect(await sizesOf('http.client.request.body.size')).toEqual(bodies),
      { timeout: 20_000 },
    );
    const answers = { 'GET 200': 6, 'POST 200': 6 };
    expect(await sizesOf('http.client.response.body.size')).toEqual(answers);
  });
});
