import { once } from 'node:events';
import { request as httpRequest, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { type Context, context, trace } from '@opentelemetry/api';
import { expectMetric, expectTrace } from '@org/otel-testing';
import { afterEach, describe, expect, it } from 'vitest';
import { ask, type Observed, observe, type Served, serve } from '../../test/observe.ts';
import { activeRequest, recordError, setRoute } from '../index.ts';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part[Symbol.asyncDispose]();
});
async function keep<T extends AsyncDisposable>(part: Promise<T>): Promise<T> {
  open.push(await part);
  return part;
}

describe('a server span of node:http', () => {
  it('has the attributes of the semantic conventions and no more', async () => {
    const { collector, telemetry } = await keep(observe());
    const { url } = await keep(serve((_request, response) => response.end('ok')));
    await ask(`${url}/orders/7?page=2&sig=hunter2`, { headers: { 'user-agent': 'test' } });
    await telemetry.forceFlush();
    const { root } = await expectTrace(collector, {
      service: 'shop',
      name: 'GET',
      kind: 'server',
      status: 'unset',
    });
    expect(root.span.attributes).toEqual({
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'url.scheme': 'http',
      'url.path': '/orders/7',
      'url.query': 'page=2&sig=REDACTED',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(url).port),
      'client.address': '127.0.0.1',
      'network.peer.address': '127.0.0.1',
      'network.peer.port': expect.any(Number),
      'network.protocol.version': '1.1',
      'user_agent.original': 'test',
    });
  });

  it('continues the trace of its caller', async () => {
    const { collector, telemetry } = await keep(observe());
    const { url } = await keep(serve((_request, response) => response.end()));
    await ask(url, { headers: { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` } });
    await telemetry.forceFlush();
    const span = await collector.store.waitFor((store) => store.spans()[0]);
    expect([span.traceId, span.parentSpanId]).toEqual(['a'.repeat(32), 'b'.repeat(16)]);
  });

  it('starts a trace of its own with a link when callers are not trusted', async () => {
    const { collector, telemetry } = await keep(observe({ trustIncoming: false }));
    const { url } = await keep(serve((_request, response) => response.end()));
    await ask(url, { headers: { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` } });
    await telemetry.forceFlush();
    const span = await collector.store.waitFor((store) => store.spans()[0]);
    expect(span.traceId).not.toBe('a'.repeat(32));
    expect(span.links[0]?.traceId).toBe('a'.repeat(32));
  });

  it('takes the route, and an error once, from whoever tells it', async () => {
    const { collector, telemetry } = await keep(observe());
    const { url } = await keep(
      serve((request, response) => {
        setRoute(request, () => '/never');
        setRoute(request, '/orders/:id');
        const error = new TypeError('deep down');
        recordError(request, error);
        recordError(request, error);
        response.writeHead(500).end();
      }),
    );
    await ask(`${url}/orders/7`);
    await telemetry.forceFlush();
    await expectTrace(collector, {
      name: 'GET /orders/:id',
      status: 'error',
      attributes: { 'http.route': '/orders/:id', 'error.type': 'TypeError' },
      events: [{ name: 'exception', attributes: { 'exception.message': 'deep down' } }],
    });
  });

  it('leaves a 4xx unset', async () => {
    const { collector, telemetry } = await keep(observe());
    const { url } = await keep(serve((_request, response) => response.writeHead(404).end()));
    await ask(url);
    await telemetry.forceFlush();
    await expectTrace(collector, {
      name: 'GET',
      status: 'unset',
      attributes: { 'error.type': undefined },
    });
  });

  it('ends when the client goes away', async () => {
    const { collector, telemetry } = await keep(observe());
    const closed = Promise.withResolvers<void>();
    const { url } = await keep(
      serve((_request, response) => {
        response.on('close', () => closed.resolve());
        response.write('half');
      }),
    );
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    socket.destroy();
    await closed.promise;
    await telemetry.forceFlush();
    await expectTrace(collector, { name: 'GET', kind: 'server' });
  });

  it('keeps the context in every listener of request and response', async () => {
    await keep(observe());
    const seen: Record<string, string | undefined> = {};
    const note = (event: string) => {
      seen[event] = trace.getActiveSpan()?.spanContext().traceId;
    };
    const { url } = await keep(
      serve((request, response) => {
        note('handler');
        request.on('data', () => note('data'));
        request.on('end', () => {
          note('end');
          setTimeout(() => {
            note('timer');
            response.end();
          });
        });
        response.on('finish', () => note('finish'));
        response.on('close', () => note('close'));
      }),
    );
    await ask(url, { method: 'POST', body: 'x'.repeat(100_000) });
    const traceIds = Object.values(seen);
    expect(Object.keys(seen)).toEqual(['handler', 'data', 'end', 'timer', 'finish', 'close']);
    expect(new Set(traceIds).size).toBe(1);
    expect(traceIds[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('gives each request on one connection its own trace', async () => {
    const { collector, telemetry } = await keep(observe());
    const { url } = await keep(
      serve((_request, response) => response.end(trace.getActiveSpan()?.spanContext().traceId)),
    );
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(
      'GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    await telemetry.forceFlush();
    const ids = answer.match(/[0-9a-f]{32}/g);
    expect(new Set(ids).size).toBe(2);
    expect(
      collector.store
        .spans()
        .map(({ traceId }) => traceId)
        .sort(),
    ).toEqual(ids?.sort());
  });

  it('works on a server that listened before init(), and passes on what emit returns', async () => {
    const { server, url } = await keep(serve((_request, response) => response.end()));
    const { collector, telemetry } = await keep(observe());
    await ask(`${url}/late`);
    await telemetry.forceFlush();
    await expectTrace(collector, { name: 'GET', attributes: { 'url.path': '/late' } });
    expect(server.emit('nobody listens')).toBe(false);
    server.once('somebody', () => {});
    expect(server.emit('somebody')).toBe(true);
  });

  it('counts a request once in http.server.request.duration, sampled or not', async () => {
    const { collector, telemetry } = await keep(observe({ sampler: { alwaysOff: {} } }));
    const { url } = await keep(
      serve((request, response) => {
        setRoute(request, '/orders/:id');
        response.end(String(trace.getActiveSpan()?.isRecording()));
      }),
    );
    const answers = [await ask(`${url}/orders/1`), await ask(`${url}/orders/2`)];
    expect(answers.map(({ text }) => text)).toEqual(['false', 'false']);
    await telemetry.forceFlush();
    const { metric, point } = await expectMetric(collector, {
      name: 'http.server.request.duration',
      unit: 's',
      count: 2,
      attributes: { 'http.route': '/orders/:id', 'http.response.status_code': 200 },
    });
    expect(metric.points).toEqual([point]);
    expect(collector.store.spans()).toEqual([]);
  });

  it('names an unknown method HTTP', async () => {
    const { collector, telemetry } = await keep(observe());
    const { url } = await keep(serve((_request, response) => response.end()));
    await send(url, 'PROPFIND');
    await telemetry.forceFlush();
    await expectTrace(collector, {
      name: 'HTTP',
      kind: 'client',
      spans: [
        {
          name: 'HTTP',
          kind: 'server',
          attributes: { 'http.request.method_original': 'PROPFIND' },
        },
      ],
    });
  });

  it('names the methods that are made known, and no other', async () => {
    const { collector, telemetry } = await keep(observe({ http: { knownMethods: ['PROPFIND'] } }));
    const { url } = await keep(serve((_request, response) => response.end()));
    for (const method of ['PROPFIND', 'GET']) {
      await send(url, method);
      await telemetry.forceFlush();
      const name = method === 'GET' ? 'HTTP' : method;
      const attributes = { 'http.request.method_original': name === 'HTTP' ? 'GET' : undefined };
      const server = { name, kind: 'server', attributes } as const;
      await expectTrace(collector, { name, kind: 'client', attributes, spans: [server] });
    }
  });
});

describe('what goes on after its response', () => {
  /** The context of a request whose response has closed, as a timer or a connection keeps it. */
  async function contextOf(respond: (response: ServerResponse) => void): Promise<Context> {
    const over = Promise.withResolvers<Context>();
    const served = await keep(
      serve((_request, response) => {
        const own = context.active();
        response.once('close', () => setImmediate(() => over.resolve(own)));
        respond(response);
      }),
    );
    await ask(served.url).catch(() => {});
    return over.promise;
  }

  it('keeps its span, and lets the request go', async () => {
    await keep(observe());
    const own = await contextOf((response) => response.end());
    expect(context.with(own, activeRequest)).toBeUndefined();
    expect(trace.getSpan(own)?.spanContext().traceId).toMatch(/[1-9a-f]/);
  });

  it('is still of the request where that was aborted: its handler may not have answered yet', async () => {
    await keep(observe());
    const own = await contextOf((response) => response.socket?.destroy());
    expect(context.with(own, activeRequest)).toBeDefined();
  });
});

async function send(url: string, method: string): Promise<void> {
  const request = httpRequest(url, { method }).end();
  const [response] = await once(request, 'response');
  await once(response.resume(), 'close');
}

export type { Observed, Served };
