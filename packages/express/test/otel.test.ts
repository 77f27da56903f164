import { type DiagLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import { init, type Telemetry } from '@org/otel-core';
import { type Collector, type ExpectedSpan, expectTrace, startCollector } from '@org/otel-testing';
import type { Application, NextFunction, Request, RequestHandler, Response } from 'express';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { otel, otelErrorHandler } from '../src/index.ts';
import { serve } from './served.ts';
import { type ExpressVersion, versions } from './versions.ts';

const service = 'express-app';
let collector: Collector;
let telemetry: Telemetry;

beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: service, exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterEach(() => collector.clear());
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

interface Expected {
  /** The template a person would write; undefined where none can be known. */
  route: string | undefined;
  status?: number;
  /** The message of the one exception event; without it there must be none. */
  error?: string;
}

type Build = (app: Application, express: ExpressVersion['express']) => void;

/** Sends one request to an application; the whole trace must be the caller's span and one server span. */
async function expectTree(version: ExpressVersion, build: Build, path: string, expected: Expected) {
  await using served = await serve(shop(version, build));
  await expectRequest(`${served.url}${path}`, expected);
}

/** An application as a user of the package writes it. */
function shop(version: ExpressVersion, build: Build): Application {
  const app = version.express();
  app.use(otel());
  build(app, version.express);
  app.use(otelErrorHandler());
  app.use(answerError);
  return app;
}

async function expectRequest(url: string, { route, status = 200, error }: Expected) {
  collector.clear();
  const response = await fetch(url);
  await response.text();
  expect(response.status).toBe(status);
  const server: ExpectedSpan = {
    service,
    name: route === undefined ? 'GET' : `GET ${route}`,
    kind: 'server',
    status: status >= 500 ? 'error' : 'unset',
    attributes: { 'http.route': route, 'http.response.status_code': status },
    events: error === undefined ? [] : [exceptionEvent(error)],
  };
  await telemetry.forceFlush();
  await expectTrace(
    collector,
    { name: 'GET', kind: 'client', status: 'any', spans: [server] },
    { settle: () => telemetry.forceFlush() },
  );
  expect(collector.store.traces()).toHaveLength(1);
}

function exceptionEvent(message: string) {
  return { name: 'exception', attributes: { 'exception.message': message } };
}

function answerError(error: Error, _req: Request, res: Response, _next: NextFunction): void {
  res.status((error as { status?: number }).status ?? 500).send(error.message);
}

function answer(_req: Request, res: Response): void {
  res.send('ok');
}

function boom(): never {
  throw new Error('boom');
}

const routes: Record<string, { build: Build; path: string; expected: Expected }> = {
  'a direct route': {
    build: (app) => app.get('/orders/:id', answer),
    path: '/orders/7?q=1',
    expected: { route: '/orders/:id' },
  },
  'the root path': {
    build: (app) => app.get('/', answer),
    path: '/',
    expected: { route: '/' },
  },
  'a mounted router': {
    build(app, express) {
      app.use('/api', express.Router().get('/items/:id', answer));
    },
    path: '/api/items/7',
    expected: { route: '/api/items/:id' },
  },
  'the root of a mounted router': {
    build(app, express) {
      app.use('/api', express.Router().get('/', answer));
    },
    path: '/api',
    expected: { route: '/api' },
  },
  'a router in a router': {
    build(app, express) {
      const inner = express.Router().get('/:id', answer);
      app.use('/api', express.Router().use('/v1', express.Router().use('/items', inner)));
    },
    path: '/api/v1/items/7',
    expected: { route: '/api/v1/items/:id' },
  },
  'a router mounted twice': {
    build(app, express) {
      const router = express.Router().get('/items/:id', answer);
      app.use('/a', router);
      app.use('/b', router);
    },
    path: '/b/items/7',
    expected: { route: '/b/items/:id' },
  },
  'a router mounted without a path': {
    build(app, express) {
      app.use(express.Router().get('/items/:id', answer));
    },
    path: '/items/7',
    expected: { route: '/items/:id' },
  },
  'a mounted application': {
    build(app, express) {
      app.use('/admin', express().get('/users/:id', answer));
    },
    path: '/admin/users/7',
    expected: { route: '/admin/users/:id' },
  },
  'an array of paths': {
    build: (app) => app.get(['/first/:id', '/second/:id'], answer),
    path: '/second/7',
    expected: { route: '/second/:id' },
  },
  'a regular expression': {
    build: (app) => app.get(/^\/files\/(\d+)$/, answer),
    path: '/files/7',
    expected: { route: '/^\\/files\\/(\\d+)$/' },
  },
  'app.route().all()': {
    build: (app) => app.route('/things/:id').all(answer),
    path: '/things/7',
    expected: { route: '/things/:id' },
  },
  'no route at all': {
    build: (app) => app.get('/somewhere/else', answer),
    path: '/nowhere',
    expected: { route: undefined, status: 404 },
  },
};

const errors: Record<string, { build: Build; path: string; expected: Expected }> = {
  'thrown in a direct route': {
    build: (app) => app.get('/boom/:id', boom),
    path: '/boom/7',
    expected: { route: '/boom/:id', status: 500, error: 'boom' },
  },
  'thrown in a mounted router': {
    build(app, express) {
      app.use('/api', express.Router().use('/v1', express.Router().get('/boom/:id', boom)));
    },
    path: '/api/v1/boom/7',
    expected: { route: '/api/v1/boom/:id', status: 500, error: 'boom' },
  },
  'given to next()': {
    build(app) {
      app.get('/boom', (_req, _res, next) => void setImmediate(() => next(new Error('later'))));
    },
    path: '/boom',
    expected: { route: '/boom', status: 500, error: 'later' },
  },
  'rejected by an async handler': {
    build(app) {
      // Express 4 ignores the promise of a handler: there, one passes the error on.
      const rejecting = async () => boom();
      const passingOn: RequestHandler = (_req, _res, next) => void rejecting().catch(next);
      app.get('/boom', 'lazyrouter' in app ? passingOn : rejecting);
    },
    path: '/boom',
    expected: { route: '/boom', status: 500, error: 'boom' },
  },
  'a client error': {
    build(app) {
      app.get('/boom', (_req, _res, next) => {
        const error: unknown = Object.assign(new Error('no'), { status: 422 });
        next(error);
      });
    },
    path: '/boom',
    expected: { route: '/boom', status: 422, error: 'no' },
  },
  'thrown in middleware': {
    build: (app) => app.use(boom),
    path: '/anything',
    expected: { route: undefined, status: 500, error: 'boom' },
  },
};

describe.each(versions)('$label', (version) => {
  describe('gives the server span its route:', () => {
    for (const [name, { build, path, expected }] of Object.entries(routes)) {
      test(name, () => expectTree(version, build, path, expected));
    }
  });

  describe('records an error exactly once:', () => {
    for (const [name, { build, path, expected }] of Object.entries(errors)) {
      test(name, () => expectTree(version, build, path, expected));
    }
  });

  test('a mount path with parameters: its template, or no route and one warning', async () => {
    const warnings = listenToWarnings();
    const build: Build = (app, express) => {
      app.use('/users/:user', express.Router().get('/orders/:id', answer));
    };
    const route = version.door ? '/users/:user/orders/:id' : undefined;
    await using served = await serve(shop(version, build));
    await expectRequest(`${served.url}/users/1/orders/2`, { route });
    await expectRequest(`${served.url}/users/3/orders/4`, { route });
    diag.disable();
    const ours = warnings.filter((text) => text.includes('@org/otel-express'));
    expect(ours).toEqual(version.door ? [] : [expect.stringContaining('npm update router')]);
  });

  test('asks for attributes with the request, and survives when they throw', async () => {
    const app = version.express();
    app.use(otel({ attributes: (req: Request) => ({ 'app.tenant': req.get('x-tenant') ?? '' }) }));
    app.use(
      otel({
        attributes: () => {
          throw new Error('not now');
        },
      }),
    );
    app.get('/', answer);
    await using served = await serve(app);
    const response = await fetch(served.url, { headers: { 'x-tenant': 'acme' } });
    expect(await response.text()).toBe('ok');
    await telemetry.forceFlush();
    await expectTrace(
      collector,
      {
        name: 'GET',
        kind: 'client',
        spans: [
          { name: 'GET /', kind: 'server', attributes: { 'app.tenant': 'acme' }, events: [] },
        ],
      },
      { settle: () => telemetry.forceFlush() },
    );
  });
});

test('attributes are not asked for where no span records', async () => {
  const attributes = vi.fn(() => ({}));
  const next = vi.fn();
  otel({ attributes })({} as Request, {} as Response, next);
  expect(attributes).not.toHaveBeenCalled();
  expect(next).toHaveBeenCalledExactlyOnceWith();
});

test('otel() says at once what is wrong with its options', () => {
  expect(() => otel({ attributes: 'x' as never })).toThrow(
    'otel({ attributes }): expected a function (req) => attributes, got "x"',
  );
  expect(() => otel(null as never)).toThrow('otel(options): expected an object, got null');
});

test('the middlewares are named functions with the arity Express looks at', () => {
  expect([otel().name, otel().length]).toEqual(['traceRequest', 3]);
  expect([otelErrorHandler().name, otelErrorHandler().length]).toEqual(['recordRequestError', 4]);
});

function listenToWarnings(): string[] {
  const warnings: string[] = [];
  const ignore = () => {};
  const logger: DiagLogger = {
    error: ignore,
    warn: (message) => void warnings.push(message),
    info: ignore,
    debug: ignore,
    verbose: ignore,
  };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  return warnings;
}
