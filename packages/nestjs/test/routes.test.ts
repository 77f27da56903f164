import { request as send } from 'node:http';
import {
  All,
  BadRequestException,
  type CanActivate,
  Controller,
  Delete,
  ForbiddenException,
  Get,
  Head,
  HttpCode,
  Injectable,
  type MiddlewareConsumer,
  Module,
  NotFoundException,
  Options,
  Param,
  ParseIntPipe,
  Patch,
  Post,
  Put,
  Redirect,
  RequestMethod,
  Scope,
  UseGuards,
  VERSION_NEUTRAL,
  Version,
  VersioningType,
} from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { type Collector, startCollector } from '@org/otel-testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { init, OtelModule, type Telemetry } from '../src/index.ts';
import { startNest } from './start.nest.ts';

let collector: Collector;
let telemetry: Telemetry;

beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: 'shop', exporter: { otlpHttp: { endpoint: collector.url } } });
});
beforeEach(() => collector.clear());
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

@Injectable()
class Closed implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

@Injectable()
class Unauthorized implements CanActivate {
  async canActivate(): Promise<boolean> {
    throw new ForbiddenException('not you');
  }
}

@Controller('orders')
class OrdersController {
  @Get()
  list() {}
  @Get('latest')
  latest() {}
  @Get(':id')
  find() {}
  @Post()
  create() {}
  @Put(':id')
  replace() {}
  @Patch(':id')
  change() {}
  @Delete(':id')
  @HttpCode(204)
  remove() {}
  @Get(':id/items/:item')
  item() {}
  @Get(['first/:a/x', 'second/:b/y'])
  several() {}
  @All('all/:id/any')
  all() {}
  @Get('number/:id/get')
  number(@Param('id', ParseIntPipe) _id: number) {}
  @Get('missing/:id/get')
  missing() {
    throw new NotFoundException();
  }
  @Get('bad/:id/get')
  bad() {
    throw new BadRequestException();
  }
  @Get('boom/:id/get')
  async boom() {
    throw new RangeError('boom');
  }
  @Get('moved/:id/get')
  @Redirect('/orders', 302)
  moved() {}
  @Get('closed/:id/get')
  @UseGuards(Closed)
  closed() {}
  @Get('unauthorized/:id/get')
  @UseGuards(Unauthorized)
  unauthorized() {}
  @Head('head/:id/only')
  head() {}
  @Options('options/:id/only')
  options() {}
}

@Controller({ path: 'scoped', scope: Scope.REQUEST })
class ScopedController {
  @Get(':id')
  find() {}
}

@Controller(['one', 'two'])
class TwiceController {
  @Get(':id')
  find() {}
}

@Controller('health')
class HealthController {
  @Get()
  check() {}
}

@Controller('tree')
class LeafController {
  @Get(':leaf')
  find() {}
}

@Module({ controllers: [LeafController] })
class LeafModule {}

@Controller({ path: 'versioned', version: '2' })
class VersionedController {
  @Get(':id')
  find() {}
  @Version('3')
  @Get(':id/three')
  three() {}
  @Version(['4', '5'])
  @Get(':id/more')
  more() {}
  @Version(VERSION_NEUTRAL)
  @Get(':id/neutral')
  neutral() {}
}

const controllers = [
  OrdersController,
  ScopedController,
  TwiceController,
  HealthController,
  VersionedController,
];

@Module({
  imports: [
    OtelModule,
    LeafModule,
    RouterModule.register([{ path: 'forest/:forest', module: LeafModule }]),
  ],
  controllers,
})
class ShopModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply((_request: unknown, _response: unknown, next: () => void) => next())
      .forRoutes(OrdersController);
  }
}

type Case = [
  method: string,
  path: string,
  route: string | undefined,
  status?: number,
  version?: string,
];

const plain: Case[] = [
  ['GET', '/orders', '/orders'],
  ['GET', '/orders?page=2', '/orders'],
  ['GET', '/orders/latest', '/orders/latest'],
  ['GET', '/orders/7', '/orders/:id'],
  ['GET', '/orders/a%20b', '/orders/:id'],
  ['POST', '/orders', '/orders', 201],
  ['PUT', '/orders/7', '/orders/:id'],
  ['PATCH', '/orders/7', '/orders/:id'],
  ['DELETE', '/orders/7', '/orders/:id', 204],
  ['HEAD', '/orders/7', '/orders/:id'],
  ['GET', '/orders/7/items/9', '/orders/:id/items/:item'],
  ['GET', '/orders/first/1/x', '/orders/first/:a/x'],
  ['GET', '/orders/second/1/y', '/orders/second/:b/y'],
  ['GET', '/orders/all/1/any', '/orders/all/:id/any'],
  ['DELETE', '/orders/all/1/any', '/orders/all/:id/any'],
  ['GET', '/orders/number/1/get', '/orders/number/:id/get'],
  ['GET', '/orders/number/x/get', '/orders/number/:id/get', 400],
  ['GET', '/orders/missing/1/get', '/orders/missing/:id/get', 404],
  ['GET', '/orders/bad/1/get', '/orders/bad/:id/get', 400],
  ['GET', '/orders/boom/1/get', '/orders/boom/:id/get', 500],
  ['GET', '/orders/moved/1/get', '/orders/moved/:id/get', 302],
  ['GET', '/orders/closed/1/get', '/orders/closed/:id/get', 403],
  ['GET', '/orders/unauthorized/1/get', '/orders/unauthorized/:id/get', 403],
  ['HEAD', '/orders/head/1/only', '/orders/head/:id/only'],
  ['OPTIONS', '/orders/options/1/only', '/orders/options/:id/only'],
  ['GET', '/scoped/7', '/scoped/:id'],
  ['GET', '/one/7', '/one/:id'],
  ['GET', '/two/7', '/two/:id'],
  ['GET', '/health', '/health'],
  ['GET', '/forest/dark/tree/oak', '/forest/:forest/tree/:leaf'],
  ['GET', '/nowhere', undefined, 404],
  ['GET', '/orders/7/nowhere', undefined, 404],
  ['POST', '/health', undefined, 404],
];

const byUri: Case[] = [
  ['GET', '/api/orders/7', '/api/orders/:id'],
  ['GET', '/api/v2/versioned/7', '/api/v2/versioned/:id'],
  ['GET', '/api/v3/versioned/7/three', '/api/v3/versioned/:id/three'],
  ['GET', '/api/v4/versioned/7/more', '/api/v4/versioned/:id/more'],
  ['GET', '/api/v5/versioned/7/more', '/api/v5/versioned/:id/more'],
  ['GET', '/api/versioned/7/neutral', '/api/versioned/:id/neutral'],
  ['GET', '/health', '/health'],
  ['GET', '/api/v9/versioned/7', undefined, 404],
  ['GET', '/orders/7', undefined, 404],
];

const byHeader: Case[] = [
  ['GET', '/versioned/7', '/versioned/:id', 200, '2'],
  ['GET', '/versioned/7/three', '/versioned/:id/three', 200, '3'],
  ['GET', '/versioned/7/more', '/versioned/:id/more', 200, '5'],
  ['GET', '/versioned/7/neutral', '/versioned/:id/neutral', 200, '7'],
  ['GET', '/orders/boom/7/get', '/orders/boom/:id/get', 500, '1'],
];

const byMediaType = byHeader.map(
  ([method, path, route, status = 200, version]): Case => [
    method,
    path,
    route,
    status,
    `application/json;v=${version}`,
  ],
);

/** Sends one request by node:http, which follows no redirect; resolves to its status. */
function statusOf(url: string, method: string, version?: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const headers = version === undefined ? {} : { 'x-version': version, accept: version };
  send(url, { method, headers }, (response) => {
    response.resume().on('end', () => resolve(response.statusCode));
  })
    .on('error', reject)
    .end();
  return promise;
}

function served(): unknown[] {
  return collector.store
    .spans()
    .filter(({ kind }) => kind === 'server')
    .map(({ name, attributes }) => [name, String(attributes['http.route'])]);
}

/** Asks for each case alone and compares all of them at once. */
async function expectCases(url: string, cases: Case[]): Promise<void> {
  const actual: unknown[] = [];
  const wanted: unknown[] = [];
  for (const [method, path, route, status = 200, version] of cases) {
    collector.clear();
    const answered = await statusOf(url + path, method, version);
    await telemetry.forceFlush();
    await collector.store.waitFor(() => served()[0]);
    const name = route === undefined ? method : `${method} ${route}`;
    wanted.push([method, path, status, [[name, String(route)]]]);
    actual.push([method, path, answered, served()]);
  }
  expect(actual).toEqual(wanted);
}

describe.each(['Express', 'Fastify'] as const)(
  'on %s: http.route is the template a person would write',
  (platform) => {
    test(`in ${plain.length} cases`, async () => {
      await using nest = await startNest({ imports: [ShopModule] }, () => {}, platform);
      await expectCases(nest.url, plain);
    });

    test(`with a global prefix and versions in the path, in ${byUri.length} cases`, async () => {
      await using nest = await startNest(
        { imports: [ShopModule] },
        (app) => {
          app.setGlobalPrefix('api', { exclude: [{ path: 'health', method: RequestMethod.GET }] });
          app.enableVersioning({ type: VersioningType.URI });
        },
        platform,
      );
      await expectCases(nest.url, byUri);
    });

    test(`with versions in the media type, in ${byMediaType.length} cases`, async () => {
      await using nest = await startNest(
        { imports: [ShopModule] },
        (app) => void app.enableVersioning({ type: VersioningType.MEDIA_TYPE, key: 'v=' }),
        platform,
      );
      await expectCases(nest.url, byMediaType);
    });

    test(`with versions in a header, in ${byHeader.length} cases`, async () => {
      await using nest = await startNest(
        { imports: [ShopModule] },
        (app) => void app.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' }),
        platform,
      );
      await expectCases(nest.url, byHeader);
    });
  },
);
