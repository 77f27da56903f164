import { once } from 'node:events';
import {
  type ClientHttp2Session,
  connect,
  createSecureServer,
  createServer,
  type Http2Server,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { expectMetric, expectTrace } from '@org/otel-testing';
import fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Observed, observe } from '../../test/observe.ts';
import { collectMetrics, recordError, setRoute } from '../index.ts';

let observed: Observed;
const open: (() => unknown)[] = [];
beforeEach(async () => {
  observed = await observe({ http: { activeRequests: true, bodySizes: true } });
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
  await observed[Symbol.asyncDispose]();
});

/** Asked for each time: each test has its own provider. */
const tracer = () => trace.getTracer('test');

async function listen(server: Http2Server): Promise<ClientHttp2Session> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  open.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  open.push(() => session.destroy());
  await once(session, 'connect');
  return session;
}

/** A request from outside: it makes no client span of its own. */
function ask(session: ClientHttp2Session, headers: OutgoingHttpHeaders) {
  return context.with(suppressTracing(ROOT_CONTEXT), () => session.request(headers));
}

describe('a server of node:http2', () => {
  it('has a server span for each stream, and its handlers and listeners run in it', async () => {
    const server = createServer((request, response) => {
      setRoute(request as never, '/orders/:id');
      tracer().startSpan('handler').end();
      request.on('data', () => tracer().startSpan('data').end());
      request.on('end', () => {
        recordError(request as never, new TypeError('broken'));
        response.writeHead(500).end('no');
      });
      response.on('close', () => tracer().startSpan('closed').end());
    });
    const session = await listen(server);
    const headers = { ':method': 'POST', ':path': '/orders/7?page=2', 'user-agent': 'test' };
    const stream = ask(session, headers);
    stream.end('body');
    expect(await text(stream)).toBe('no');
    const { root } = await expectTrace(
      observed.collector,
      {
        name: 'POST /orders/:id',
        kind: 'server',
        status: 'error',
        events: [{ name: 'exception', attributes: { 'exception.message': 'broken' } }],
        spans: [{ name: 'handler' }, { name: 'data' }, { name: 'closed' }],
      },
      { settle: () => observed.telemetry.forceFlush() },
    );
    expect(root.span.attributes).toEqual({
      'http.request.method': 'POST',
      'http.response.status_code': 500,
      'http.route': '/orders/:id',
      'error.type': 'TypeError',
      'url.scheme': 'http',
      'url.path': '/orders/7',
      'url.query': 'page=2',
      'server.address': '127.0.0.1',
      'server.port': expect.any(Number),
      'client.address': '127.0.0.1',
      'network.peer.address': '127.0.0.1',
      'network.peer.port': expect.any(Number),
      'network.protocol.version': '2',
      'user_agent.original': 'test',
    });
    await observed.telemetry.forceFlush();
    await expectMetric(observed.collector, {
      name: 'http.server.request.duration',
      attributes: { 'http.route': '/orders/:id', 'network.protocol.version': '2' },
    });
  });

  it('continues the trace of its caller', async () => {
    const session = await listen(createServer((_request, response) => response.end()));
    await text(ask(session, { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }));
    await observed.telemetry.forceFlush();
    const span = await observed.collector.store.waitFor((store) => store.spans()[0]);
    expect([span.traceId, span.parentSpanId]).toEqual(['a'.repeat(32), 'b'.repeat(16)]);
  });

  it('keeps streams of one connection apart, with the stream API too', async () => {
    const server = createServer();
    server.on('stream', async (stream, headers) => {
      await new Promise((resolve) => setImmediate(resolve));
      tracer().startSpan(String(headers[':path'])).end();
      stream.respond({ ':status': 200 });
      stream.end(trace.getActiveSpan()?.spanContext().traceId);
    });
    const session = await listen(server);
    const paths = ['/a', '/b', '/c'];
    const ids = await Promise.all(
      paths.map((path) => text(ask(session, { ':path': path }).setEncoding('utf8'))),
    );
    expect(new Set(ids).size).toBe(3);
    for (const path of paths) {
      await expectTrace(
        observed.collector,
        { name: 'GET', attributes: { 'url.path': path }, spans: [{ name: path }] },
        { settle: () => observed.telemetry.forceFlush() },
      );
    }
  });

  it('ends the span of a stream that its client gives up, and counts no active request then', async () => {
    const server = createServer();
    const arrived = once(server, 'stream');
    const session = await listen(server);
    const stream = ask(session, { ':path': '/slow' }).on('error', () => {});
    await arrived;
    stream.close(8); // CANCEL
    await expectTrace(
      observed.collector,
      { name: 'GET', status: 'unset', events: [], spans: [] },
      { settle: () => observed.telemetry.forceFlush() },
    );
    const names = ['http.server.active_requests', 'http.server.request.body.size'];
    await vi.waitFor(
      async () => {
        const all = (await collectMetrics())?.scopeMetrics.flatMap(({ metrics }) => metrics) ?? [];
        const points = names.map(
          (name) => all.find(({ descriptor }) => descriptor.name === name)?.dataPoints ?? [],
        );
        expect(points.map((of) => of.map(({ value }) => value))).toEqual([[0], []]);
      },
      { timeout: 20_000 },
    );
  });

  it('serves HTTP/1 with allowHTTP1, in the context of its request', async () => {
    // Without a certificate, which a test had to bring along.
    const tls = { ciphers: 'aNULL:@SECLEVEL=0', maxVersion: 'TLSv1.2' } as const;
    const server = createSecureServer({ ...tls, allowHTTP1: true }, (_request, response) => {
      tracer().startSpan('handler').end();
      response.end('old');
    });
    server.listen(0, '127.0.0.1');
    open.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const options = { ...tls, port, host: '127.0.0.1', rejectUnauthorized: false, agent: false };
    const request = context.with(suppressTracing(ROOT_CONTEXT), () =>
      httpsRequest({ ...options, checkServerIdentity: () => undefined }).end(),
    );
    const [response] = await once(request, 'response');
    expect(await text(response)).toBe('old');
    await expectTrace(
      observed.collector,
      {
        name: 'GET',
        attributes: { 'network.protocol.version': '1.1', 'url.scheme': 'https' },
        spans: [{ name: 'handler' }],
      },
      { settle: () => observed.telemetry.forceFlush() },
    );
  });

  it('has the route of Fastify', async () => {
    const app = fastify({ http2: true });
    app.get('/orders/:id', async () => ({ ok: true }));
    await app.ready();
    const session = await listen(app.server);
    await text(ask(session, { ':path': '/orders/7' }));
    await expectTrace(
      observed.collector,
      { name: 'GET /orders/:id', attributes: { 'http.response.status_code': 200 } },
      { settle: () => observed.telemetry.forceFlush() },
    );
  });
});

describe('a client of node:http2', () => {
  it('has a client span and a duration for each request', async () => {
    const server = createServer((request, response) => {
      response.statusCode = request.url === '/missing' ? 404 : 200;
      response.end();
    });
    const session = await listen(server);
    await tracer().startActiveSpan('work', async (span) => {
      await text(session.request({ ':path': '/found' }));
      await text(session.request({ ':path': '/missing' }));
      span.end();
    });
    const client = { name: 'GET', kind: 'client' } as const;
    const attributes = {
      'network.protocol.version': '2',
      'network.peer.address': '127.0.0.1',
      'server.address': '127.0.0.1',
    };
    await expectTrace(
      observed.collector,
      {
        name: 'work',
        spans: [
          {
            ...client,
            status: 'unset',
            attributes: { ...attributes, 'url.full': /\/found$/, 'http.response.status_code': 200 },
          },
          {
            ...client,
            status: 'error',
            attributes: { ...attributes, 'url.full': /\/missing$/, 'error.type': '404' },
          },
        ],
      },
      { settle: () => observed.telemetry.forceFlush() },
    );
  });

  it('makes no second span for a request that carries the context of one', async () => {
    const server = createServer((_request, response) => response.end());
    const session = await listen(server);
    await tracer().startActiveSpan('work', async (span) => {
      const headers: OutgoingHttpHeaders = { ':path': '/' };
      propagation.inject(context.active(), headers);
      await text(session.request(headers));
      span.end();
    });
    await expectTrace(
      observed.collector,
      { name: 'work', spans: [{ name: 'GET', kind: 'server' }] },
      { settle: () => observed.telemetry.forceFlush() },
    );
  });
});
