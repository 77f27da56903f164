import { type DiagLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import { init, type Telemetry } from '@org/otel-core';
import { type Collector, expectTrace, startCollector } from '@org/otel-testing';
import type { Application, RequestHandler } from 'express';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { instrumentExpress, otelErrorHandler } from '../src/index.ts';
import { serve } from './served.ts';
import { type ExpressVersion, versions } from './versions.ts';

let collector: Collector;
let telemetry: Telemetry;

beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: 'shop', exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterEach(() => {
  diag.disable();
  collector.clear();
});
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

const ok: RequestHandler = (_req, res) => void res.send('ok');
const boom: RequestHandler = () => {
  throw new RangeError('boom');
};

/** Mounts of every kind under paths with parameters. */
function shop({ express }: ExpressVersion): Application {
  const app = instrumentExpress(instrumentExpress(express()));
  const orders = express.Router({ mergeParams: true });
  orders.get('/', ok);
  orders.get('/:order', ok);
  orders.get('/:order/boom', boom);
  app.use('/users/:user/orders', orders);
  app.use('/twice/:id', orders);

  const late = express.Router();
  app.use('/late/:a', late);
  const inner = express.Router();
  late.use('/inner/:b', inner);
  inner.use(express.Router().get('/leaf/:c', ok));

  const built = instrumentExpress(express.Router());
  built.use('/:b', express.Router().get('/leaf', ok));
  app.use('/built', built);

  app.use(['/one/:x', '/two/:x/more'], [express.Router().get('/end', ok)]);
  app.use('/same/:same', express.Router().get('/same', ok));
  const admin = express();
  admin.get('/stats/:day', ok);
  app.use('/:tenant/admin', admin);
  app.use(otelErrorHandler());
  return app;
}

const cases: [path: string, route: string | undefined, status?: number][] = [
  ['/users/7/orders', '/users/:user/orders'],
  ['/users/7/orders/9', '/users/:user/orders/:order'],
  ['/users/7/orders/9/boom', '/users/:user/orders/:order/boom', 500],
  ['/twice/7/9', '/twice/:id/:order'],
  ['/late/1/inner/2/leaf/3', '/late/:a/inner/:b/leaf/:c'],
  ['/built/7/leaf', '/built/:b/leaf'],
  ['/one/7/end', '/one/:x/end'],
  ['/two/7/more/end', '/two/:x/more/end'],
  ['/same/same/same', '/same/:same/same'],
  ['/acme/admin/stats/monday', '/:tenant/admin/stats/:day'],
  ['/users/7', undefined, 404],
];

describe.each(versions)('instrumentExpress() on $label', (version) => {
  test('makes templates whole under mount paths with parameters, without a warning', async () => {
    const warn = listenToWarnings();
    await using served = await serve(shop(version));
    for (const [path, route, status = 200] of cases) {
      collector.clear();
      const response = await fetch(served.url + path);
      await response.text();
      expect([path, response.status]).toEqual([path, status]);
      await telemetry.forceFlush();
      await expectTrace(
        collector,
        {
          name: 'GET',
          kind: 'client',
          status: 'any',
          spans: [
            {
              name: route === undefined ? 'GET' : `GET ${route}`,
              attributes: { 'http.route': route, 'http.response.status_code': status },
              status: status === 500 ? 'error' : 'unset',
              events: status === 500 ? [{ name: 'exception' }] : [],
            },
          ],
        },
        { settle: () => telemetry.forceFlush() },
      );
    }
    expect(warn).not.toHaveBeenCalled();
  });
});

// The stand-in for an older lockfile brings a router of its own, made without the settings.
test.each(versions.filter(({ label }) => !label.endsWith('2.2')))(
  'leaves settings that come after it in effect on $label',
  async ({ express }) => {
    const app = instrumentExpress(express());
    app.enable('case sensitive routing');
    app.use('/Mixed', ok);
    await using served = await serve(app);
    const statuses = [await fetch(`${served.url}/Mixed`), await fetch(`${served.url}/mixed`)];
    expect(statuses.map(({ status }) => status)).toEqual([200, 404]);
  },
);

test('without it and without otel() core leaves the route out, and says once what helps', async () => {
  const said: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.push(String(text));
    return true;
  });
  const [four] = versions;
  if (!four) throw new Error('no version to test with');
  const app = four.express();
  app.get('/plain/:id', ok);
  app.use('/api', four.express.Router().get('/orders/:id', ok));
  await using served = await serve(app);
  const paths = ['/plain/7', '/api/orders/7', '/api/orders/8'];
  for (const path of paths) {
    await (await fetch(served.url + path)).text();
  }
  await telemetry.forceFlush();
  const names = await collector.store.waitFor((store) => {
    const spans = store
      .spans()
      .filter(
        ({ kind, attributes }) =>
          kind === 'server' && paths.includes(String(attributes['url.path'])),
      );
    return spans.length === 3 ? spans.map(({ name }) => name) : undefined;
  });
  write.mockRestore();
  expect(names).toEqual(['GET /plain/:id', 'GET', 'GET']);
  expect(said.filter((text) => text.includes('http.route'))).toEqual([
    expect.stringContaining('instrumentExpress(app)'),
  ]);
});

test('says at once when it is given something else', () => {
  expect(() => instrumentExpress({} as never)).toThrow(
    'instrumentExpress(app): expected an Express application or router',
  );
});

function listenToWarnings() {
  const warn = vi.fn();
  const ignore = () => {};
  const logger: DiagLogger = { error: warn, warn, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  return warn;
}
