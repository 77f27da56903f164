import { once } from 'node:events';
import { request as httpRequest, type RequestListener, type ServerOptions } from 'node:http';
import { connect, type Socket } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { expectMetric, expectTrace } from '@org/otel-testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type Observed, observe, type Served, serve } from '../../test/observe.ts';
import { recordError } from '../index.ts';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part[Symbol.asyncDispose]();
});
async function start(
  handler: RequestListener,
  options: ServerOptions = {},
): Promise<Observed & Served> {
  const observed = await observe();
  open.push(observed);
  const served = await serve(handler, options);
  open.push(served);
  return { ...observed, ...served };
}

/** Sends text over a bare socket. */
function dial(url: string, text: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8');
  socket.on('error', () => {}); // a server that cuts the connection may reset it
  socket.write(text);
  return socket;
}

/** However it is closed: `once()` would reject where the server resets the connection. */
function closeOf(socket: Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.resume().once('close', () => resolve());
  return promise;
}

const impatient = { requestTimeout: 500, headersTimeout: 500, connectionsCheckingInterval: 50 };

const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

/** The span of an answer that broke half-way, with its error written once. */
const failedOnce = {
  name: 'GET',
  status: 'error',
  attributes: { 'http.response.status_code': 200, 'error.type': 'RangeError' },
  events: [{ name: 'exception' }],
} as const;

async function* breaking() {
  yield 'half';
  await new Promise((resolve) => setImmediate(resolve));
  throw new RangeError('the source ran dry');
}

describe('a request that does not end well', () => {
  it('given up by its client before an answer: no status code, no failure of the server', async () => {
    const arrived = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    const { url, collector, telemetry } = await start((_request, response) => {
      response.on('close', closed.resolve);
      arrived.resolve();
    });
    const socket = dial(url, GET);
    await arrived.promise;
    socket.destroy();
    await closed.promise;
    await telemetry.forceFlush();
    await expectTrace(collector, {
      name: 'GET',
      status: 'unset',
      attributes: { 'http.response.status_code': undefined, 'error.type': undefined },
    });
  });

  it('given up while the answer was written: the status code that was sent', async () => {
    const closed = Promise.withResolvers<void>();
    const { url, collector, telemetry } = await start((_request, response) => {
      response.on('close', closed.resolve).write('half');
    });
    const socket = dial(url, GET);
    await once(socket, 'data');
    socket.destroy();
    await closed.promise;
    await telemetry.forceFlush();
    await expectTrace(collector, {
      name: 'GET',
      status: 'unset',
      attributes: { 'http.response.status_code': 200, 'error.type': undefined },
    });
  });

  it('given up while its answer waits behind another one: nothing was sent, and no failure of the server', async () => {
    const answered = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    const { url, collector, telemetry } = await start((request, response) => {
      if (request.url !== '/second') return;
      request.socket.on('close', closed.resolve);
      response.end('never sent');
      answered.resolve();
    });
    const socket = dial(url, GET.replace('/', '/first') + GET.replace('/', '/second'));
    await answered.promise;
    socket.destroy();
    await closed.promise;
    await telemetry.forceFlush();
    const ends = collector.store.spans().map(({ status, attributes, events }) => ({
      ...{ status: status.code, events: events.length },
      code: attributes['http.response.status_code'],
      failure: attributes['error.type'],
    }));
    const given = { status: 'unset', events: 0, code: undefined, failure: undefined };
    expect(ends).toEqual([given, given]);
  });

  it('given up while it is echoed: no failure of the server', async () => {
    const closed = Promise.withResolvers<void>();
    const { url, collector, telemetry } = await start((request, response) => {
      request.on('error', () => {}).pipe(response.on('close', closed.resolve));
    });
    const socket = dial(
      url,
      `${GET.replace('GET', 'POST').trimEnd()}\r\nContent-Length: 9\r\n\r\nhalf`,
    );
    await once(socket, 'data');
    socket.destroy();
    await closed.promise;
    await telemetry.forceFlush();
    await expectTrace(collector, { name: 'POST', status: 'unset', events: [] });
  });

  it('cut short by an error after its head was sent: failed, with the error written once', async () => {
    const { url, collector, telemetry } = await start((request, response) => {
      response.write('half');
      const error = new RangeError('the source ran dry');
      recordError(request, error);
      recordError(request, error);
      response.destroy(error);
    });
    await closeOf(dial(url, GET));
    await telemetry.forceFlush();
    await expectTrace(collector, {
      name: 'GET',
      status: 'error',
      attributes: { 'http.response.status_code': 200, 'error.type': 'RangeError' },
      events: [{ name: 'exception' }],
    });
    await telemetry.forceFlush(); // the span has ended by now, and with it the duration was counted
    await expectMetric(collector, {
      name: 'http.server.request.duration',
      count: 1,
      attributes: { 'error.type': 'RangeError' },
    });
  });

  it('whose source breaks while it is piped: failed, with the error written once', async () => {
    const { url, collector, telemetry } = await start((request, response) => {
      pipeline(Readable.from(breaking()), response, (error) => recordError(request, error));
    });
    await closeOf(dial(url, GET));
    await expectTrace(collector, failedOnce, { settle: () => telemetry.forceFlush() });
  });

  it('whose source breaks and whose handler ends the answer nicely: failed, with the error written once', async () => {
    const { url, collector, telemetry } = await start((_request, response) => {
      const source = Readable.from(breaking());
      source.once('error', () => response.end());
      source.pipe(response.setHeader('connection', 'close'));
    });
    await closeOf(dial(url, GET));
    await expectTrace(collector, failedOnce, { settle: () => telemetry.forceFlush() });
  });

  it('whose error was dealt with in a whole answer: not failed', async () => {
    const { url, collector, telemetry } = await start((request, response) => {
      recordError(request, new RangeError('known'));
      response.writeHead(200, { connection: 'close' }).end('instead');
    });
    await closeOf(dial(url, GET));
    await telemetry.forceFlush();
    await expectTrace(collector, {
      name: 'GET',
      status: 'unset',
      attributes: { 'error.type': undefined },
      events: [{ name: 'exception' }],
    });
  });

  it("ended by the server's own timeout: a span without a status code", async () => {
    const { url, server, collector, telemetry } = await start(() => {});
    server.setTimeout(500);
    await closeOf(dial(url, GET));
    await telemetry.forceFlush();
    await expectTrace(collector, {
      name: 'GET',
      status: 'unset',
      attributes: { 'http.response.status_code': undefined },
    });
  });

  it('whose body does not come in time: no status code, for Node writes its 408 past the response', async () => {
    const { url, collector, telemetry } = await start((request) => request.resume(), impatient);
    const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n';
    const socket = dial(url, `${head}half`);
    const [answer] = await once(socket, 'data');
    expect(answer).toContain('408 Request Timeout');
    socket.destroy();
    await expectTrace(
      collector,
      { name: 'POST', status: 'unset', attributes: { 'http.response.status_code': undefined } },
      { settle: () => telemetry.forceFlush() },
    );
  });

  it.each([
    ['is none', 'no request\r\n\r\n', '400 Bad Request'],
    ['does not come in time', 'GET / HTTP/1.1\r\n', '408 Request Timeout'],
  ])('whose head %s: no span, for Node makes no request of it', async (_case, text, status) => {
    const { url, collector, telemetry } = await start(() => {}, impatient);
    const socket = dial(url, text);
    const [answer] = await once(socket, 'data');
    expect(answer).toContain(status);
    if (!socket.closed) await closeOf(socket);
    await telemetry.forceFlush();
    expect(collector.store.spans()).toEqual([]);
  });
});

describe('less common exchanges', () => {
  it('Expect: 100-continue is one span, with and without a listener of its own', async () => {
    const { url, server, collector, telemetry } = await start((request, response) => {
      request.resume().on('end', () => response.end('whole'));
    });
    expect(await expectContinue(url)).toBe(200);
    server.on('checkContinue', (request, response) => {
      response.writeContinue();
      request.resume().on('end', () => response.writeHead(201).end('checked'));
    });
    expect(await expectContinue(url)).toBe(201);
    await telemetry.forceFlush();
    const spans = await collector.store.waitFor((store) =>
      store.spans().length === 2 ? store.spans() : undefined,
    );
    const statuses = spans.map(({ attributes }) => attributes['http.response.status_code']);
    expect(statuses).toEqual([200, 201]);
  });

  it('a streamed answer: the span ends with the body, not with the head', async () => {
    const half = Promise.withResolvers<() => void>();
    const { url, collector, telemetry } = await start((_request, response) => {
      response.writeHead(200, { connection: 'close' }).write('half');
      half.resolve(() => response.end('whole'));
    });
    const socket = dial(url, GET);
    await once(socket, 'data');
    const finish = await half.promise;
    await telemetry.forceFlush();
    expect(collector.store.spans()).toEqual([]);
    finish();
    await closeOf(socket);
    await telemetry.forceFlush();
    await expectTrace(collector, { name: 'GET', attributes: { 'http.response.status_code': 200 } });
  });

  it('an upgrade: Node tells of none, so there is no span, and it works', async () => {
    const { url, server, collector, telemetry } = await start(() => {});
    server.on('upgrade', (_request, socket) =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
    );
    const head = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n';
    const [answer] = await once(dial(url, head), 'data');
    expect(answer).toContain('101 Switching Protocols');
    await telemetry.forceFlush();
    expect(collector.store.spans()).toEqual([]);
  });

  it.each(['HEAD', 'OPTIONS', 'DELETE', 'QUERY'])('%s is a method by its name', async (method) => {
    const { url, collector, telemetry } = await start((_request, response) => {
      response.writeHead(204, { connection: 'close' }).end();
    });
    await closeOf(dial(url, `${method} / HTTP/1.1\r\nHost: x\r\n\r\n`));
    await telemetry.forceFlush();
    await expectTrace(collector, {
      name: method,
      attributes: { 'http.request.method': method, 'http.request.method_original': undefined },
    });
  });

  it('10,000 unknown paths make one series', async () => {
    const done = Promise.withResolvers<void>();
    const { url, collector, telemetry } = await start((request, response) => {
      if (request.url === '/known') response.on('close', done.resolve);
      response.writeHead(request.url === '/known' ? 200 : 404).end();
    });
    const paths = Array.from({ length: 10_000 }, (_, index) => `/${index.toString(36)}/${index}`);
    const requests = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    const last = 'GET /known HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    const socket = dial(url, [...requests, last].join(''));
    await Promise.all([done.promise, closeOf(socket)]);
    await telemetry.forceFlush();
    const { metric } = await expectMetric(collector, {
      name: 'http.server.request.duration',
      count: 10_000,
      attributes: { 'http.response.status_code': 404, 'http.route': undefined },
    });
    expect(metric.points).toHaveLength(2);
  });
});

/** POSTs a body after the server agreed to take it; resolves to the status. */
async function expectContinue(url: string): Promise<number | undefined> {
  return context.with(suppressTracing(ROOT_CONTEXT), async () => {
    const headers = { expect: '100-continue', connection: 'close' };
    const request = httpRequest(url, { method: 'POST', headers });
    request.flushHeaders();
    await once(request, 'continue');
    request.end('body');
    const [response] = await once(request, 'response');
    await once(response.resume(), 'close');
    return response.statusCode;
  });
}
