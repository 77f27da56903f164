import { request as send } from 'node:http';
import { init, type Telemetry } from '@org/otel-core';
import { type Collector, startCollector } from '@org/otel-testing';
import type { Application, NextFunction, Request, RequestHandler, Response } from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instrumentExpress, otelErrorHandler } from '../src/index.ts';
import { serve } from './served.ts';
import { type ExpressVersion, versions } from './versions.ts';

let collector: Collector;
let telemetry: Telemetry;

beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: 'shop', exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

const ok: RequestHandler = (_req, res) => void res.send('ok');
const pass: RequestHandler = (_req, _res, next) => next();
const skipRoute: RequestHandler = (_req, _res, next) => next('route');
const skipRouter: RequestHandler = (_req, _res, next) => next('router');
const boom: RequestHandler = () => {
  throw new RangeError('boom');
};
const answerThenNext: RequestHandler = (_req, res, next) => {
  res.send('first');
  next();
};

/** Patterns that the two path languages of Express write differently. */
interface Patterns {
  readonly digits: string;
  readonly optional: string;
  readonly rest: string;
  /** Of a request that a route passed on and a middleware answered with 404: only a router that publishes tells them apart. */
  readonly passedOn: string | undefined;
}

const patternsOf = ({ label, door }: ExpressVersion): Patterns => ({
  passedOn: door ? undefined : '/none/:id',
  ...(label === 'Express 4'
    ? { digits: '/digits/:n(\\d+)', optional: '/optional/:a/:b?', rest: '/rest/*' }
    : { digits: '/digits/:n', optional: '/optional/:a{/:b}', rest: '/rest/*path' }),
});

/** One application with everything that Express's routing can do. */
function shop(version: ExpressVersion): Application {
  const { express, label } = version;
  const { digits, optional, rest } = patternsOf(version);
  const app = instrumentExpress(express());
  app.param('checked', (_req, _res, next) => next());
  plainRoutes(app);
  app.get(digits, ok);
  app.get(optional, ok);
  app.get(rest, ok);
  passedOn(app);
  failing(app, label === 'Express 4');
  mounted(app, express);
  app.use('/none', (_req, res) => void res.status(404).send('custom'));
  app.use(otelErrorHandler());
  app.use('/api-errors', answerError);
  return app;
}

function plainRoutes(app: Application): void {
  app.get('/', ok);
  app.get('/plain', ok);
  app.get('/orders/:id', ok);
  app.get('/orders/:id/items/:item', ok);
  app.get('/from/:a-:b', ok);
  app.get('/file/:name.json', ok);
  app.get('/checked/:checked', ok);
  app.get(['/first', '/second/:id'], ok);
  app.get(['/mixed/:id', /^\/mixed-[a-z]+$/], ok);
  app.get(/^\/re\/(\d+)$/, ok);
  app.post('/things', ok);
  app.put('/things/:id', ok);
  app.patch('/things/:id', ok);
  app.delete('/things/:id', ok);
  app.all('/all/:id', ok);
  app.route('/chained/:id').get(ok).post(ok);
  app.get('/head/:id', ok);
  app.get('/several/:id', pass, [pass, ok]);
  app.get('/own-404/:id', (_req, res) => void res.status(404).send('no such order'));
  app.get('/redirect/:id', (_req, res) => res.redirect('/plain'));
  app.get('/later/:id', (_req, res) => void setImmediate(() => res.send('ok')));
}

function passedOn(app: Application): void {
  app.get('/skipped/:first', skipRoute, boom);
  app.get('/skipped/:second', ok);
  app.get('/passed/:first', pass);
  app.get('/passed/:second', ok);
  app.get('/answered/:id', answerThenNext);
  app.get('/answered/:other', (_req, res) => void res.end());
  app.get('/passed-to-nobody/:id', pass);
  app.all('/none/:id', pass);
  app.get('/options-only/:id', ok);
}

function failing(app: Application, four: boolean): void {
  app.get('/boom/:id', boom);
  app.get('/next-error/:id', (_req, _res, next) => next(new RangeError('boom')));
  const rejecting = async () => {
    throw new RangeError('boom');
  };
  app.get('/rejecting/:id', four ? (_req, _res, next) => void rejecting().catch(next) : rejecting);
  app.get('/boom-later/:id', (_req, _res, next) => {
    setImmediate(() => next(new RangeError('boom')));
  });
  app.get('/api-errors/:id', (_req, _res, next) =>
    next(Object.assign(new RangeError('teapot'), { status: 418 }) as unknown),
  );
  app.get('/missing/:id', (_req, _res, next) =>
    next(Object.assign(new RangeError('missing'), { status: 404 }) as unknown),
  );
}

function mounted(app: Application, express: ExpressVersion['express']): void {
  const items = express.Router({ mergeParams: true });
  items.get('/', ok);
  items.get('/:item', ok);
  items.get('/:item/boom', boom);
  items.get('/leave/:x', skipRouter, boom);
  app.use('/api/items', items);
  app.use('/users/:user/items', items);
  app.use('/:tenant/admin', express.Router().get('/stats', ok));
  app.use(['/de/:shop', '/en/:shop'], express.Router().get('/cart', ok));
  app.use(/^\/v\d+/, express.Router().get('/versioned/:id', ok));
  app.use(express.Router().get('/unmounted/:id', ok));
  app.use('/guarded', pass, express.Router().get('/:id', ok));
  const inner = express.Router();
  app.use('/outer/:a', inner);
  const innermost = express.Router();
  inner.use('/middle', innermost);
  innermost.use('/:b', express.Router().get('/leaf', ok));
  const child = express();
  child.get('/pages/:page', ok);
  child.get('/boom/:page', boom);
  app.use('/child', child);
  app.use('/leaving', express.Router().get('/:id', pass));
  app.get('/leaving/:caught', ok);
  app.get('/users/:user/items/leave/:caught', ok);
}

function answerError(error: Error, _req: Request, res: Response, _next: NextFunction): void {
  res.status((error as { status?: number }).status ?? 500).send(error.message);
}

type Case = [method: string, path: string, route: string | undefined, status?: number];

const cases = ({ digits, optional, rest, passedOn }: Patterns): Case[] => [
  ['GET', '/', '/'],
  ['GET', '/?q=1', '/'],
  ['GET', '/plain', '/plain'],
  ['GET', '/plain/', '/plain'],
  ['GET', '/PLAIN', '/plain'],
  ['GET', '/plain?next=/orders/7', '/plain'],
  ['GET', '/orders/7', '/orders/:id'],
  ['GET', '/orders/a%20b%2Fc', '/orders/:id'],
  ['GET', '/orders/orders', '/orders/:id'],
  ['GET', '/orders/7/items/9', '/orders/:id/items/:item'],
  ['GET', '/from/a-b', '/from/:a-:b'],
  ['GET', '/file/a.json', '/file/:name.json'],
  ['GET', '/checked/7', '/checked/:checked'],
  ['GET', '/first', '/first'],
  ['GET', '/second/7', '/second/:id'],
  ['GET', '/mixed/7', '/mixed/:id'],
  ['GET', '/mixed-abc', '/^\\/mixed-[a-z]+$/'],
  ['GET', '/re/7', '/^\\/re\\/(\\d+)$/'],
  ['POST', '/things', '/things'],
  ['PUT', '/things/7', '/things/:id'],
  ['PATCH', '/things/7', '/things/:id'],
  ['DELETE', '/things/7', '/things/:id'],
  ['GET', '/all/7', '/all/:id'],
  ['POST', '/all/7', '/all/:id'],
  ['OPTIONS', '/all/7', '/all/:id'],
  ['GET', '/chained/7', '/chained/:id'],
  ['POST', '/chained/7', '/chained/:id'],
  ['HEAD', '/head/7', '/head/:id'],
  ['GET', '/several/7', '/several/:id'],
  ['GET', '/own-404/7', '/own-404/:id', 404],
  ['GET', '/redirect/7', '/redirect/:id', 302],
  ['GET', '/later/7', '/later/:id'],
  ['GET', '/digits/7', digits],
  ['GET', '/optional/7', optional],
  ['GET', '/optional/7/8', optional],
  ['GET', '/rest/a/b/c', rest],
  ['GET', '/skipped/7', '/skipped/:second'],
  ['GET', '/passed/7', '/passed/:second'],
  ['GET', '/answered/7', '/answered/:id'],
  ['GET', '/passed-to-nobody/7', undefined, 404],
  ['GET', '/none/7', passedOn, 404],
  ['GET', '/nowhere', undefined, 404],
  ['POST', '/plain', undefined, 404],
  ['GET', '/api/nowhere', undefined, 404],
  ['GET', '/api/items/7/nowhere', undefined, 404],
  ['OPTIONS', '/options-only/7', undefined],
  ['GET', '/boom/7', '/boom/:id', 500],
  ['GET', '/next-error/7', '/next-error/:id', 500],
  ['GET', '/rejecting/7', '/rejecting/:id', 500],
  ['GET', '/boom-later/7', '/boom-later/:id', 500],
  ['GET', '/api-errors/7', '/api-errors/:id', 418],
  ['GET', '/missing/7', '/missing/:id', 404],
  ['GET', '/api/items', '/api/items'],
  ['GET', '/api/items/', '/api/items'],
  ['GET', '/api/items/7', '/api/items/:item'],
  ['GET', '/api/items/7/boom', '/api/items/:item/boom', 500],
  ['GET', '/users/7/items', '/users/:user/items'],
  ['GET', '/users/7/items/7', '/users/:user/items/:item'],
  ['GET', '/users/7/items/9/boom', '/users/:user/items/:item/boom', 500],
  ['GET', '/users/7/items/leave/3', '/users/:user/items/leave/:caught'],
  ['GET', '/acme/admin/stats', '/:tenant/admin/stats'],
  ['GET', '/admin/admin/stats', '/:tenant/admin/stats'],
  ['GET', '/en/7/cart', '/en/:shop/cart'],
  ['GET', '/de/7/cart', '/de/:shop/cart'],
  ['GET', '/v2/versioned/7', '/^\\/v\\d+/versioned/:id'],
  ['GET', '/unmounted/7', '/unmounted/:id'],
  ['GET', '/guarded/7', '/guarded/:id'],
  ['GET', '/outer/1/middle/2/leaf', '/outer/:a/middle/:b/leaf'],
  ['GET', '/child/pages/7', '/child/pages/:page'],
  ['GET', '/child/boom/7', '/child/boom/:page', 500],
  ['GET', '/leaving/7', '/leaving/:caught'],
];

/** Sends one request by node:http, which follows no redirect; resolves to its status. */
async function statusOf(url: string, method: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  send(url, { method }, (response) => {
    response.resume().on('end', () => resolve(response.statusCode));
  })
    .on('error', reject)
    .end();
  return promise;
}

/** The server spans that were received, as a case is written. */
function served(): Case[] {
  return collector.store
    .spans()
    .filter(({ kind }) => kind === 'server')
    .map(({ name, attributes }) => [
      name,
      String(attributes['http.route']),
      attributes['http.response.status_code'],
    ]) as unknown as Case[];
}

describe.each(versions)('$label: http.route is the template a person would write', (version) => {
  const table = cases(patternsOf(version));
  test(`in ${table.length} cases`, async () => {
    await using running = await serve(shop(version));
    const actual: unknown[] = [];
    const wanted: unknown[] = [];
    for (const [method, path, route, status = 200] of table) {
      collector.clear();
      const answered = await statusOf(running.url + path, method);
      await telemetry.forceFlush();
      await collector.store.waitFor(() => served()[0]);
      const name = route === undefined ? method : `${method} ${route}`;
      wanted.push([path, status, [[name, String(route), status]]]);
      actual.push([path, answered, served()]);
    }
    expect(actual).toEqual(wanted);
  });
});
