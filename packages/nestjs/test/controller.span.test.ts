import {
  type ArgumentsHost,
  BadGatewayException,
  type CanActivate,
  Catch,
  Controller,
  type ExceptionFilter,
  Get,
  type INestApplication,
  Injectable,
  type ModuleMetadata,
  NotFoundException,
  Param,
  ParseIntPipe,
  Post,
  Res,
  UseFilters,
  UseGuards,
  VersioningType,
} from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { type Collector, type ExpectedSpan, expectTrace, startCollector } from '@org/otel-testing';
import { defer, from, interval, map, of, take, throwError } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { init, OtelModule, recordError, Span, type Telemetry } from '../src/index.ts';
import { rawGet } from './raw.get.ts';
import { startNest } from './start.nest.ts';
import { startUpstream } from './upstream.ts';

const service = 'nest-app';
let collector: Collector;
let telemetry: Telemetry;
let upstream: Awaited<ReturnType<typeof startUpstream>>;

beforeAll(async () => {
  upstream = await startUpstream();
  collector = await startCollector();
  telemetry = init({ serviceName: service, exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterEach(() => collector.clear());
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
  await upstream[Symbol.asyncDispose]();
});

@Injectable()
class Closed implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

@Injectable()
class Broken implements CanActivate {
  canActivate(): boolean {
    throw new Error('guard broke');
  }
}

@Catch(RangeError)
class TeapotFilter implements ExceptionFilter {
  catch(_error: RangeError, host: ArgumentsHost): void {
    host.switchToHttp().getResponse().status(418).send('teapot');
  }
}

@Catch()
class EverythingFilter implements ExceptionFilter {
  catch(_error: unknown, host: ArgumentsHost): void {
    host.switchToHttp().getResponse().status(599).send('mine');
  }
}

@Catch()
class RecordingFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest();
    recordError(request.raw ?? request, error);
    host.switchToHttp().getResponse().status(599).send('mine');
  }
}

async function ask(): Promise<string> {
  return (await fetch(upstream.url)).text();
}

class Work {
  @Span()
  async fail(): Promise<never> {
    throw new Error('deep');
  }
  @Span()
  async text(): Promise<never> {
    throw 'a text';
  }
}

@Controller('orders')
class OrdersController {
  @Get('observable')
  observable() {
    return defer(() => from(ask()));
  }
  @Get('sync')
  sync() {
    return 'now';
  }
  @Get('by-hand')
  byHand(@Res() res: { send(text: string): void }) {
    res.send('by hand');
  }
  @Get('ticks')
  ticks() {
    return interval(1).pipe(
      take(3),
      map((tick) => String(tick)),
    );
  }
  @Get('nothing')
  nothing() {
    return of(undefined);
  }
  @Get('thrown')
  thrown() {
    throw new Error('boom');
  }
  @Get('rejected')
  async rejected() {
    await ask();
    throw new TypeError('boom');
  }
  @Get('observable-error')
  observableError() {
    return throwError(() => new Error('boom'));
  }
  @Get('missing/:id')
  missing() {
    throw new NotFoundException('no such order');
  }
  @Get('bad-gateway')
  badGateway() {
    throw new BadGatewayException('upstream is down');
  }
  @Get('deep')
  async deep() {
    await new Work().fail();
  }
  @Get('text')
  async text() {
    await new Work().text();
  }
  @Post('posted')
  posted() {}
  @Get('piped/:id')
  piped(@Param('id', ParseIntPipe) id: number) {
    return id;
  }
  @Get('closed/:id')
  @UseGuards(Closed)
  closed() {}
  @Get('broken/:id')
  @UseGuards(Broken)
  broken() {}
  @Get('teapot')
  @UseFilters(TeapotFilter)
  teapot() {
    throw new RangeError('too much tea');
  }
  @Get(':id')
  async find() {
    return ask();
  }
}

@Controller('returns')
class ReturnsController extends OrdersController {}

const shop = { imports: [OtelModule], controllers: [OrdersController, ReturnsController] };

interface Answer {
  status?: number;
  server?: Partial<ExpectedSpan>;
  /** The controller span; undefined where there must be none. */
  controller?: ExpectedSpan | undefined;
}

/** One request; its whole trace must be the server span, and below it the controller span if there is one. */
async function expectTree(
  url: string,
  route: string,
  { status = 200, server, controller }: Answer,
) {
  const answer = await rawGet(url);
  expect(answer.status).toBe(status);
  await telemetry.forceFlush();
  await expectTrace(
    collector,
    {
      service,
      name: `GET ${route}`,
      kind: 'server',
      status: status >= 500 ? 'error' : 'unset',
      attributes: { 'http.route': route, 'http.response.status_code': status },
      events: [],
      ...server,
      spans: controller ? [controller] : [],
    },
    { settle: () => telemetry.forceFlush() },
  );
  return answer.body;
}

function controllerSpan(method: string, more: Partial<ExpectedSpan> = {}): ExpectedSpan {
  return {
    name: `OrdersController.${method}`,
    kind: 'internal',
    status: 'unset',
    scope: '@org/otel-nestjs',
    attributes: {
      'code.function.name': `OrdersController.${method}`,
      'nestjs.controller': 'OrdersController',
      'nestjs.callback': method,
    },
    events: [],
    ...more,
  };
}

function failed(message: string): Partial<ExpectedSpan> {
  return { status: { code: 'error', message }, events: [exception(message)] };
}

function exception(message: string) {
  return { name: 'exception', attributes: { 'exception.message': message } };
}

const client: ExpectedSpan = { name: 'GET', kind: 'client', status: 'unset' };

describe.each(['Express', 'Fastify'] as const)('on %s', (platform) => {
  function start(metadata: ModuleMetadata, configure: (app: INestApplication) => void = () => {}) {
    return startNest(metadata, configure, platform);
  }

  describe('a request that succeeds', () => {
    test('is a server span, a controller span and a client span', async () => {
      await using nest = await start(shop);
      const body = await expectTree(`${nest.url}/orders/7`, '/orders/:id', {
        controller: controllerSpan('find', { spans: [client] }),
      });
      const [trace] = collector.store.traces().filter(({ spans }) => spans.length === 3);
      const sent = trace?.spans.find(({ kind }) => kind === 'client');
      expect(body).toBe(`00-${sent?.traceId}-${sent?.spanId}-03`);
    });

    test('has a controller span around the subscription to an Observable', async () => {
      await using nest = await start(shop);
      await expectTree(`${nest.url}/orders/observable`, '/orders/observable', {
        controller: controllerSpan('observable', { spans: [client] }),
      });
    });

    test.each(['sync', 'ticks', 'nothing'])('has a controller span: %s', async (method) => {
      await using nest = await start(shop);
      await expectTree(`${nest.url}/orders/${method}`, `/orders/${method}`, {
        controller: controllerSpan(method),
      });
    });

    test('has a controller span where the handler writes the response itself', async () => {
      await using nest = await start(shop);
      await expectTree(`${nest.url}/orders/by-hand`, '/orders/by-hand', {
        controller: controllerSpan('byHand'),
      });
    });

    test('has a controller span named after the class that inherits the handler', async () => {
      await using nest = await start(shop);
      await expectTree(`${nest.url}/orders/sync`, '/orders/sync', {
        controller: controllerSpan('sync'),
      });
      collector.clear();
      await expectTree(`${nest.url}/returns/sync`, '/returns/sync', {
        controller: {
          name: 'ReturnsController.sync',
          attributes: { 'code.function.name': 'ReturnsController.sync' },
        },
      });
    });

    test('has the route with global prefix and version', async () => {
      const configure = (app: INestApplication) => {
        app.setGlobalPrefix('api');
        app.enableVersioning({ type: VersioningType.URI, defaultVersion: '2' });
      };
      await using nest = await start(shop, configure);
      await expectTree(`${nest.url}/api/v2/orders/sync`, '/api/v2/orders/sync', {
        controller: controllerSpan('sync'),
      });
    });

    test('has no controller span with controllerSpans: false', async () => {
      const imports = [OtelModule.forRoot({ controllerSpans: false })];
      await using nest = await start({ ...shop, imports });
      await expectTree(`${nest.url}/orders/sync`, '/orders/sync', {});
    });
  });

  describe('a request that fails writes one exception event, at its origin', () => {
    test('an error thrown by a handler', async () => {
      await using nest = await start(shop);
      await expectTree(`${nest.url}/orders/thrown`, '/orders/thrown', {
        status: 500,
        controller: controllerSpan('thrown', failed('boom')),
      });
    });

    test('a promise that rejects', async () => {
      await using nest = await start(shop);
      await expectTree(`${nest.url}/orders/rejected`, '/orders/rejected', {
        status: 500,
        controller: controllerSpan('rejected', {
          ...failed('boom'),
          attributes: { 'error.type': 'TypeError' },
          spans: [client],
        }),
      });
    });

    test('an Observable that fails', async () => {
      await using nest = await start(shop);
      await expectTree(`${nest.url}/orders/observable-error`, '/orders/observable-error', {
        status: 500,
        controller: controllerSpan('observableError', failed('boom')),
      });
    });

    test('an HttpException below 500 is no fault of the service', async () => {
      await using nest = await start(shop);
      await expectTree(`${nest.url}/orders/missing/7`, '/orders/missing/:id', {
        status: 404,
        controller: controllerSpan('missing', { events: [exception('no such order')] }),
      });
    });

    test('an HttpException of 500 and above is', async () => {
      await using nest = await start(shop);
      await expectTree(`${nest.url}/orders/bad-gateway`, '/orders/bad-gateway', {
        status: 502,
        controller: controllerSpan('badGateway', failed('upstream is down')),
      });
    });

    test('an error below @Span(): written there, while both spans fail', async () => {
      await using nest = await start(shop);
      await expectTree(`${nest.url}/orders/deep`, '/orders/deep', {
        status: 500,
        controller: controllerSpan('deep', {
          ...failed('deep'),
          events: [],
          spans: [{ name: 'Work.fail', ...failed('deep') }],
        }),
      });
    });

    test('a text below @Span(): the same', async () => {
      await using nest = await start(shop);
      await expectTree(`${nest.url}/orders/text`, '/orders/text', {
        status: 500,
        controller: controllerSpan('text', {
          ...failed('a text'),
          events: [],
          spans: [{ name: 'Work.text', ...failed('a text') }],
        }),
      });
    });

    test('a body that cannot be read, for which Nest makes an exception of its own', async () => {
      await using nest = await start(shop);
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${nest.url}/orders/posted`, {
        method: 'POST',
        headers,
        body: '{no',
      });
      await answer.text();
      expect(answer.status).toBe(400);
      await telemetry.forceFlush();
      await expectTrace(collector, {
        name: 'POST',
        kind: 'client',
        status: 'error',
        spans: [{ name: /^POST/, status: 'unset', events: [{ name: 'exception' }] }],
      });
    });

    test('a pipe that refuses', async () => {
      await using nest = await start(shop);
      const message = 'Validation failed (numeric string is expected)';
      await expectTree(`${nest.url}/orders/piped/x`, '/orders/piped/:id', {
        status: 400,
        controller: controllerSpan('piped', { events: [exception(message)] }),
      });
    });

    test('a guard that refuses: the route is there, the event is on the server span', async () => {
      await using nest = await start(shop);
      await expectTree(`${nest.url}/orders/closed/7`, '/orders/closed/:id', {
        status: 403,
        server: { events: [exception('Forbidden resource')] },
      });
    });

    test('a guard that throws', async () => {
      await using nest = await start(shop);
      await expectTree(`${nest.url}/orders/broken/7`, '/orders/broken/:id', {
        status: 500,
        server: { events: [exception('guard broke')] },
      });
    });

    test("a filter's status is the server span's", async () => {
      await using nest = await start(shop);
      await expectTree(`${nest.url}/orders/teapot`, '/orders/teapot', {
        status: 418,
        controller: controllerSpan('teapot', failed('too much tea')),
      });
    });

    test("the application's own catch-all APP_FILTER still answers", async () => {
      const providers = [{ provide: APP_FILTER, useClass: EverythingFilter }];
      await using nest = await start({ ...shop, providers });
      await expectTree(`${nest.url}/orders/broken/7`, '/orders/broken/:id', {
        status: 599,
        server: { events: [exception('guard broke')] },
      });
    });

    test('a catch-all filter of useGlobalFilters() is asked first and records by recordError()', async () => {
      await using nest = await start(shop, (app) => app.useGlobalFilters(new RecordingFilter()));
      await expectTree(`${nest.url}/orders/broken/7`, '/orders/broken/:id', {
        status: 599,
        server: { events: [exception('guard broke')] },
      });
      collector.clear();
      await expectTree(`${nest.url}/orders/thrown`, '/orders/thrown', {
        status: 599,
        controller: controllerSpan('thrown', failed('boom')),
      });
    });

    test("an unknown path: Nest's own 404 is not an event", async () => {
      await using nest = await start(shop);
      expect((await rawGet(`${nest.url}/nowhere`)).status).toBe(404);
      await telemetry.forceFlush();
      const notFound: ExpectedSpan = {
        name: 'GET',
        kind: 'server',
        attributes: { 'http.route': undefined, 'http.response.status_code': 404 },
        events: [],
      };
      await expectTrace(collector, notFound, { settle: () => telemetry.forceFlush() });
    });
  });
});
