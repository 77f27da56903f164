import { Readable } from 'node:stream';
import { expectTrace } from '@org/otel-testing';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { ask, type Observed, observe } from '../../test/observe.ts';
import { instrumentFastify } from '../index.ts';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part[Symbol.asyncDispose]();
});
async function keep<T extends AsyncDisposable>(part: T | Promise<T>): Promise<T> {
  const kept = await part;
  open.push(kept);
  return kept;
}

async function* breaking() {
  yield 'first';
  await new Promise((resolve) => setImmediate(resolve));
  throw new RangeError('broken stream');
}

/** Everything a Fastify application does with a request. */
function routes(app: FastifyInstance): FastifyInstance {
  app.addHook('onRequest', async ({ headers }) => {
    if (headers['x-refuse']) throw Object.assign(new Error('refused'), { statusCode: 401 });
  });
  app.get('/', () => 'ok');
  app.get('/orders/:id', () => 'ok');
  app.get('/files/*', () => 'ok');
  app.get('/re/:n(^\\d+$)', () => 'ok');
  app.get('/callback', (_request, reply) => void setImmediate(() => reply.send('ok')));
  app.get('/own-404/:id', (_request, reply) => reply.code(404).send('no such order'));
  app.get('/thrown/:id', () => {
    throw new RangeError('thrown');
  });
  app.get('/rejected/:id', async () => {
    throw new RangeError('rejected');
  });
  app.get('/sent/:id', (_request, reply) => void reply.send(new RangeError('sent')));
  app.get('/pre/:id', { preHandler: () => Promise.reject(new RangeError('pre')) }, () => 'ok');
  app.get('/stream/:id', (_request, reply) => reply.send(Readable.from(breaking())));
  const schema = { querystring: { type: 'object', required: ['page'] } };
  app.get('/schema/:id', { schema }, () => 'ok');
  app.register(versioned, { prefix: '/v1/:tenant' });
  return app;
}

function versioned(app: FastifyInstance, _options: object, done: () => void): void {
  app.get('/', () => 'ok');
  app.get('/items/:item', () => 'ok');
  app.register(deep, { prefix: '/inner' });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send('none in v1'));
  done();
}

function deep(app: FastifyInstance, _options: object, done: () => void): void {
  app.get('/deep/:x', () => 'ok');
  done();
}

async function listen(app: FastifyInstance): Promise<{ url: string } & AsyncDisposable> {
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url, [Symbol.asyncDispose]: () => app.close() };
}

type Start = () => Promise<{ observed: Observed; url: string }>;

/** Three orders of start; only `afterListen` must do without hooks. */
const starts: Record<'early' | 'instrumented' | 'afterListen', Start> = {
  async early() {
    const observed = await keep(observe());
    const { url } = await keep(listen(routes(fastify())));
    return { observed, url };
  },
  async instrumented() {
    const app = instrumentFastify(instrumentFastify(fastify()));
    const { url } = await keep(listen(routes(app)));
    return { observed: await keep(observe()), url };
  },
  async afterListen() {
    const { url } = await keep(listen(routes(fastify())));
    return { observed: await keep(observe()), url };
  },
};

interface Case {
  path: string;
  /** Left out where no template is right. */
  route?: string;
  status?: number;
  error?: string;
  headers?: Record<string, string>;
}

const handled: Case[] = [
  { path: '/', route: '/' },
  { path: '/orders/7?q=1', route: '/orders/:id' },
  { path: '/files/a/b', route: '/files/*' },
  { path: '/re/12', route: '/re/:n(^\\d+$)' },
  { path: '/callback', route: '/callback' },
  { path: '/own-404/7', route: '/own-404/:id', status: 404 },
  { path: '/v1/acme', route: '/v1/:tenant' },
  { path: '/v1/acme/items/3', route: '/v1/:tenant/items/:item' },
  { path: '/v1/acme/inner/deep/3', route: '/v1/:tenant/inner/deep/:x' },
  { path: '/thrown/1', route: '/thrown/:id', status: 500, error: 'thrown' },
  { path: '/rejected/1', route: '/rejected/:id', status: 500, error: 'rejected' },
  { path: '/pre/1', route: '/pre/:id', status: 500, error: 'pre' },
  { path: '/nothing/here', status: 404 },
  { path: '/v1/acme/nothing/here', status: 404 },
];

const unhandled: Case[] = [
  { path: '/sent/1', route: '/sent/:id', status: 500, error: 'sent' },
  {
    path: '/schema/1',
    route: '/schema/:id',
    status: 400,
    error: "querystring must have required property 'page'",
  },
  {
    path: '/orders/7',
    headers: { 'x-refuse': '1' },
    route: '/orders/:id',
    status: 401,
    error: 'refused',
  },
  { path: '/nothing', headers: { 'x-refuse': '1' }, status: 401, error: 'refused' },
];

async function expectCase({ observed, url }: Awaited<ReturnType<Start>>, wanted: Case) {
  const { path, route, status = 200, error, headers = {} } = wanted;
  observed.collector.clear();
  expect((await ask(url + path, { headers })).status).toBe(status);
  await observed.telemetry.forceFlush();
  await expectTrace(observed.collector, {
    name: route === undefined ? 'GET' : `GET ${route}`,
    kind: 'server',
    status: status >= 500 ? 'error' : 'unset',
    attributes: {
      'http.route': route,
      'http.response.status_code': status,
      'error.type': status >= 500 ? 'RangeError' : undefined,
    },
    events:
      error === undefined
        ? []
        : [{ name: 'exception', attributes: { 'exception.message': error } }],
  });
}

describe('Fastify', () => {
  it('made after init(): every request has its route and each error is written once', async () => {
    const started = await starts.early();
    for (const wanted of [...handled, ...unhandled]) await expectCase(started, wanted);
  });

  it('made before init() and handed over: the same', async () => {
    const started = await starts.instrumented();
    for (const wanted of [...handled, ...unhandled]) await expectCase(started, wanted);
  });

  it('that listens already: the same wherever a handler runs', async () => {
    const started = await starts.afterListen();
    for (const wanted of handled) await expectCase(started, wanted);
    await expectCase(started, { path: '/schema/1', status: 400 });
  });

  it.each(['early', 'afterListen'] as const)(
    'a stream that breaks half-way fails the span, with one event: %s',
    async (order) => {
      const { observed, url } = await starts[order]();
      await expect(ask(`${url}/stream/7`)).rejects.toThrow('terminated');
      await expectTrace(
        observed.collector,
        {
          name: 'GET /stream/:id',
          kind: 'server',
          status: 'error',
          attributes: { 'http.response.status_code': 200, 'error.type': 'RangeError' },
          events: [{ name: 'exception', attributes: { 'exception.message': 'broken stream' } }],
        },
        { settle: () => observed.telemetry.forceFlush() },
      );
    },
  );

  it('serves as before without init()', async () => {
    const { url } = await keep(listen(routes(instrumentFastify(fastify()))));
    expect(await ask(`${url}/orders/7`)).toEqual({ status: 200, text: 'ok' });
    expect((await ask(`${url}/thrown/7`)).status).toBe(500);
  });
});
