import { once } from 'node:events';
import { get, request as httpRequest } from 'node:http';
import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { expectMetric, expectTrace } from '@org/otel-testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type Observed, observe, type Served, serve } from '../../test/observe.ts';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part[Symbol.asyncDispose]();
});
async function keep<T extends AsyncDisposable>(part: Promise<T>): Promise<T> {
  open.push(await part);
  return part;
}

/** Two ways to send the same request. */
const clients: Record<string, (url: string, signal?: AbortSignal) => Promise<void>> = {
  'node:http': async (url, signal) => {
    const [response] = await once(get(url, { signal }), 'response');
    for await (const _chunk of response);
  },
  fetch: async (url, signal) => {
    await (await fetch(url, { signal: signal ?? null })).text();
  },
};

/** Answers what it was sent, without a server span of its own in the way: the port is not node:http's. */
async function echo(status = 200): Promise<Served> {
  return keep(
    serve((request, response) => {
      response.writeHead(status, { 'x-traceparent': String(request.headers['traceparent']) });
      response.end();
    }),
  );
}

describe.each(Object.entries(clients))('a client span of %s', (_name, send) => {
  it('is the parent of the server span it calls, and has no secrets', async () => {
    const { collector, telemetry } = await keep(observe());
    const { url } = await echo();
    await send(`${url}/a?sig=hunter2&q=1`);
    await telemetry.forceFlush();
    await expectTrace(collector, {
      name: 'GET',
      kind: 'client',
      status: 'unset',
      attributes: {
        'http.request.method': 'GET',
        'url.full': `${url}/a?sig=REDACTED&q=1`,
        'server.address': '127.0.0.1',
        'server.port': Number(new URL(url).port),
        'http.response.status_code': 200,
        'network.peer.address': '127.0.0.1',
        'network.peer.port': Number(new URL(url).port),
        'network.protocol.version': '1.1',
      },
      spans: [{ name: 'GET', kind: 'server' }],
    });
  });

  it('is ERROR for a 4xx, whose server span is not', async () => {
    const { collector, telemetry } = await keep(observe());
    const { url } = await echo(404);
    await send(url);
    await telemetry.forceFlush();
    await expectTrace(collector, {
      name: 'GET',
      kind: 'client',
      status: 'error',
      attributes: { 'error.type': '404' },
      spans: [{ name: 'GET', kind: 'server', status: 'unset' }],
    });
  });

  it('ends with error.type when nobody answers', async () => {
    const { collector, telemetry } = await keep(observe());
    const { url, server } = await echo();
    await new Promise((resolve) => server.close(resolve));
    await send(url).catch(() => {});
    await telemetry.forceFlush();
    await expectTrace(collector, {
      name: 'GET',
      kind: 'client',
      status: 'error',
      attributes: { 'error.type': 'ECONNREFUSED', 'http.response.status_code': undefined },
    });
  });

  it('is ERROR where the answer is cut short, whose server span is not', async () => {
    const { collector, telemetry } = await keep(observe());
    const { url } = await keep(
      serve((_request, response) => {
        response.writeHead(200, { 'content-length': 9 }).write('half', () => response.destroy());
      }),
    );
    await expect(send(url)).rejects.toThrow(/aborted|terminated/);
    await expectTrace(
      collector,
      {
        name: 'GET',
        kind: 'client',
        status: 'error',
        attributes: {
          'http.response.status_code': 200,
          'error.type': /^(ECONNRESET|SocketError)$/,
        },
        spans: [{ name: 'GET', kind: 'server', status: 'unset' }],
      },
      { settle: () => telemetry.forceFlush() },
    );
  });

  it('is ERROR where its caller gives up', async () => {
    const { collector, telemetry } = await keep(observe());
    const caller = new AbortController();
    const { url } = await keep(serve(() => caller.abort()));
    await expect(send(url, caller.signal)).rejects.toThrow('aborted');
    await expectTrace(
      collector,
      {
        name: 'GET',
        kind: 'client',
        status: 'error',
        attributes: { 'error.type': 'AbortError', 'http.response.status_code': undefined },
        spans: [{ name: 'GET', kind: 'server', status: 'unset' }],
      },
      { settle: () => telemetry.forceFlush() },
    );
  });

  it('belongs to the active span and is counted once', async () => {
    const { collector, telemetry } = await keep(observe());
    const { url } = await echo();
    await trace.getTracer('app').startActiveSpan('job', async (span) => {
      await send(url);
      span.end();
    });
    await telemetry.forceFlush();
    await expectTrace(collector, {
      name: 'job',
      kind: 'internal',
      spans: [{ name: 'GET', kind: 'client', spans: [{ name: 'GET', kind: 'server' }] }],
    });
    await expectMetric(collector, { name: 'http.client.request.duration', unit: 's', count: 1 });
  });

  it('survives baggage that no header may hold', async () => {
    await keep(observe());
    const { url } = await echo();
    const entry = {
      value: 'x',
      metadata: { toString: () => 'a\r\nb', __TYPE__: Symbol.for('BaggageEntryMetadata') },
    } as never;
    const baggage = propagation.createBaggage({ bad: entry });
    await context.with(propagation.setBaggage(context.active(), baggage), () => send(url));
  });
});

/** Waits for so many client spans; their paths and how often each was sent before. */
async function sendings({ collector, telemetry }: Observed, url: string, count: number) {
  await telemetry.forceFlush();
  const sent = await collector.store.waitFor((store) => {
    const spans = store.spans().filter(({ kind }) => kind === 'client');
    return spans.length === count ? spans : undefined;
  });
  return sent.map(({ attributes }) => [
    String(attributes['url.full']).replace(url, ''),
    attributes['http.request.resend_count'],
  ]);
}

const job = (work: () => Promise<void>) =>
  trace.getTracer('app').startActiveSpan('job', (span) => work().finally(() => span.end()));

it.each(Object.entries(clients))(
  'counts how often %s sent a request that failed before',
  async (_name, send) => {
    const observed = await keep(observe());
    let left = 2;
    const { url } = await keep(
      serve((_request, response) => void response.writeHead(left-- > 0 ? 503 : 200).end()),
    );
    await job(async () => {
      for (const path of ['/flaky', '/flaky', '/flaky', '/flaky']) await send(url + path);
    });
    expect(await sendings(observed, url, 4)).toEqual([
      ['/flaky', undefined],
      ['/flaky', 1],
      ['/flaky', 2],
      ['/flaky', undefined],
    ]);
  },
);

it('counts how often a request of node:http was sent that a library redirects', async () => {
  const observed = await keep(observe());
  const { url } = await keep(
    serve(({ url: path }, response) => {
      const next = { '/a': '/b', '/b': '/c' }[String(path)];
      response.writeHead(next ? 302 : 200, next ? { location: next } : {}).end();
    }),
  );
  await job(() => follow(`${url}/a`));
  expect(await sendings(observed, url, 3)).toEqual([
    ['/a', undefined],
    ['/b', 1],
    ['/c', 2],
  ]);
});

/** As libraries do: the next request is made in the listener of the answer. */
async function follow(url: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  get(url, (response) => {
    const { location } = response.headers;
    response.resume().on('end', () => {
      if (location) resolve(follow(new URL(location, url).href));
      else resolve();
    });
  });
  return promise;
}

it('counts how often fetch sent a request that was redirected', async () => {
  const observed = await keep(observe());
  const { url } = await keep(
    serve(({ url: path }, response) => {
      const next = { '/a': '/b?x=1#part', '/b?x=1': '/c' }[String(path)];
      response.writeHead(next ? 302 : 200, next ? { location: next } : {}).end('ok');
    }),
  );
  await job(async () => {
    await (await fetch(`${url}/a`)).text();
    await (await fetch(`${url}/c`)).text();
    await (await fetch(`${url}/a`, { redirect: 'manual' })).text();
  });
  expect(await sendings(observed, url, 5)).toEqual([
    ['/a', undefined],
    ['/b?x=1', 1],
    ['/c', 2],
    ['/c', undefined],
    ['/a', undefined],
  ]);
});

it('has the status of the answer to an upgrade', async () => {
  const { collector, telemetry } = await keep(observe());
  const { server, url } = await echo();
  server.on('upgrade', (_request, socket) =>
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: chat\r\n\r\n'),
  );
  const request = get(url, { headers: { connection: 'upgrade', upgrade: 'chat' } });
  const [, socket] = await once(request, 'upgrade');
  socket.destroy();
  await telemetry.forceFlush();
  await expectTrace(collector, {
    name: 'GET',
    kind: 'client',
    status: 'unset',
    attributes: {
      'http.response.status_code': 101,
      'network.protocol.version': '1.1',
      'error.type': undefined,
    },
  });
});

it('is no failure where its caller has read enough', async () => {
  const { collector, telemetry } = await keep(observe());
  const { url } = await keep(
    serve((_request, response) => {
      response.writeHead(200, { 'content-length': 9 }).write('half');
    }),
  );
  const request = get(url);
  const [response] = await once(request, 'response');
  response.once('data', () => request.destroy()).on('error', () => {});
  await once(request, 'close');
  await expectTrace(
    collector,
    {
      name: 'GET',
      kind: 'client',
      status: 'unset',
      attributes: { 'http.response.status_code': 200, 'error.type': undefined },
      spans: [{ name: 'GET', kind: 'server', status: 'unset' }],
    },
    { settle: () => telemetry.forceFlush() },
  );
});

it('leaves a request whose headers are out already as it is', async () => {
  const { collector, telemetry } = await keep(observe());
  const { url } = await echo();
  const request = httpRequest(url, { headers: ['Host', 'x'] as never }).end();
  const [response] = await once(request, 'response');
  response.resume();
  await once(response, 'close');
  await telemetry.forceFlush();
  const spans = await collector.store.waitFor((store) =>
    store.spans().length === 2 ? store.spans() : undefined,
  );
  expect(spans.map(({ kind }) => kind).sort()).toEqual(['client', 'server']);
  expect(SpanKind.CLIENT).toBe(2);
});
