import type { AddressInfo } from 'node:net';
import { expectTrace } from '@org/otel-testing';
import express, { type Express } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type Observed, observe } from '../../test/observe.ts';

let observed: Observed;
let url: string;
let close: () => void;

beforeAll(async () => {
  observed = await observe();
  const server = routes().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterAll(async () => {
  close();
  await observed[Symbol.asyncDispose]();
});

function routes(): Express {
  const app = express();
  const ok = (_request: express.Request, response: express.Response) => void response.send('ok');
  app.get('/', ok);
  app.get('/orders/:id', ok);
  app.get(['/one', '/two/:n'], ok);
  app.get(/^\/re[0-9]+$/, ok);
  app.all('/all', ok);
  app.get('/answered', (_request, response, next) => {
    response.send('first');
    next();
  });
  app.get('/*rest', (request, _response, next) =>
    next(request.path === '/answered' ? undefined : 'route'),
  );

  const items = express.Router({ mergeParams: true });
  items.get('/', ok);
  items.get('/:item', ok);
  items.use('/deep', express.Router().get('/:x', ok));
  items.get('/:item/boom', async () => {
    throw new RangeError('deep');
  });
  const users = express.Router();
  users.use('/:user/items', items);
  app.use('/api', (_request, _response, next) => next());
  app.use('/api/users', users);
  app.use('/:tenant/admin', express.Router().get('/stats', ok));
  return app;
}

describe('http.route through the channel of the router', () => {
  it.each([
    ['/', '/'],
    ['/orders/7', '/orders/:id'],
    ['/two/5', '/two/:n'],
    ['/re42', '/^\\/re[0-9]+$/'],
    ['/all', '/all'],
    ['/answered', '/answered'],
    ['/api/users/7/items', '/api/users/:user/items'],
    ['/api/users/7/items/9', '/api/users/:user/items/:item'],
    ['/api/users/7/items/deep/3', '/api/users/:user/items/deep/:x'],
    ['/acme/admin/stats', '/:tenant/admin/stats'],
  ])('%s is %s', async (path, route) => {
    observed.collector.clear();
    expect((await ask(url + path)).status).toBe(200);
    await observed.telemetry.forceFlush();
    await expectTrace(observed.collector, {
      name: `GET ${route}`,
      kind: 'server',
      attributes: { 'http.route': route },
    });
  });

  it('records an error once, at the span where it was thrown', async () => {
    observed.collector.clear();
    expect((await ask(`${url}/api/users/7/items/9/boom`)).status).toBe(500);
    await observed.telemetry.forceFlush();
    await expectTrace(observed.collector, {
      name: 'GET /api/users/:user/items/:item/boom',
      status: 'error',
      attributes: { 'error.type': 'RangeError' },
      events: [{ name: 'exception', attributes: { 'exception.type': 'RangeError' } }],
    });
  });
});
