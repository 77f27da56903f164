import {
  type ArgumentsHost,
  BadRequestException,
  type CallHandler,
  type CanActivate,
  Controller,
  type ExecutionContext,
  ForbiddenException,
  Get,
  Injectable,
  type MiddlewareConsumer,
  Module,
  type NestInterceptor,
  type NestMiddleware,
  Param,
  type PipeTransform,
  Scope,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { trace } from '@opentelemetry/api';
import { type Collector, type ExpectedSpan, expectTrace, startCollector } from '@org/otel-testing';
import { map, of } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type EnhancerSpansOptions,
  enhancerSpans,
  init,
  OtelModule,
  Span,
  type Telemetry,
} from '../src/index.ts';
import { rawGet } from './raw.get.ts';

let collector: Collector;
let telemetry: Telemetry;

beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: 'shop', exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterEach(() => collector.clear());
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

@Injectable()
class OpenGuard implements CanActivate {
  readonly #answer = true; // lost where `this` is not the instance itself
  async canActivate() {
    return this.#answer;
  }
}

@Injectable()
class RefusingGuard implements CanActivate {
  canActivate(): boolean {
    throw new ForbiddenException('not you');
  }
}

@Injectable({ scope: Scope.REQUEST })
class RequestGuard implements CanActivate {
  @Span()
  canActivate() {
    return true;
  }
}

@Injectable()
class ShoutInterceptor implements NestInterceptor {
  async intercept(_execution: ExecutionContext, next: CallHandler) {
    return next.handle().pipe(map((text: string) => text.toUpperCase()));
  }
}

/** Has a method of a pipe's name, which Nest never calls. */
@Injectable()
class Prices {
  transform(price: string) {
    return `${price} EUR`;
  }
  @Span('look up')
  lookUp(id: string) {
    return this.transform(id);
  }
}

@Injectable()
class NumberPipe implements PipeTransform {
  transform(value: string) {
    if (!/^\d+$/.test(value)) throw new BadRequestException('no number');
    return value;
  }
}

@Injectable()
class TenantMiddleware implements NestMiddleware {
  use(request: { originalUrl?: string }, _response: unknown, next: (error?: unknown) => void) {
    setImmediate(() =>
      next(request.originalUrl?.includes('broken') ? new Error('broken') : undefined),
    );
  }
}

@Controller('orders')
class OrdersController {
  readonly #prices: Prices;
  constructor(prices: Prices) {
    this.#prices = prices;
  }
  @Get('refused')
  @UseGuards(RefusingGuard)
  refused() {}
  @Get('broken')
  broken() {}
  @Get(':id')
  @UseGuards(RequestGuard)
  @UseInterceptors(ShoutInterceptor)
  find(@Param('id', NumberPipe) id: string) {
    return this.#prices.lookUp(id);
  }
}
Reflect.defineMetadata('design:paramtypes', [Prices], OrdersController);

@Module({
  imports: [OtelModule],
  controllers: [OrdersController],
  providers: [Prices, { provide: APP_GUARD, useClass: OpenGuard }],
})
class ShopModule {
  configure(consumer: MiddlewareConsumer) {
    consumer
      .apply(TenantMiddleware, (_request: ArgumentsHost, _response: unknown, next: () => void) =>
        next(),
      )
      .forRoutes(OrdersController);
  }
}

describe.each(['Express', 'Fastify'] as const)('on %s', (platform) => {
  async function start(options: EnhancerSpansOptions | undefined) {
    const adapter = platform === 'Fastify' ? new FastifyAdapter() : new ExpressAdapter();
    const instrument = options && { instrument: enhancerSpans(options) };
    const app = await NestFactory.create(ShopModule, adapter, { logger: false, ...instrument });
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    return { url, [Symbol.asyncDispose]: () => app.close() };
  }

  /** One request, and the whole tree that it made. */
  async function expectTree(url: string, path: string, status: number, expected: ExpectedSpan) {
    const answer = await rawGet(`${url}${path}`);
    expect(answer.status).toBe(status);
    await telemetry.forceFlush();
    const settle = () => telemetry.forceFlush();
    await expectTrace(collector, { kind: 'server', ...expected }, { settle });
    return answer.body;
  }

  const span = (name: string, type: string, more: Partial<ExpectedSpan> = {}): ExpectedSpan => ({
    name,
    kind: 'internal',
    status: 'unset',
    scope: '@org/otel-nestjs',
    attributes: { 'code.function.name': name, 'nestjs.type': type },
    events: [],
    spans: [],
    ...more,
  });
  const middleware = [
    span('TenantMiddleware.use', 'middleware'),
    span('Middleware.use', 'middleware'),
  ];
  const exception = { name: 'exception' };
  const handler = { name: 'look up', spans: [] };

  test('there is a span for each, and the handler stays below the controller', async () => {
    await using app = await start({});
    const body = await expectTree(app.url, '/orders/7', 200, {
      name: 'GET /orders/:id',
      spans: [
        ...middleware,
        span('OpenGuard.canActivate', 'guard'),
        { name: 'RequestGuard.canActivate', spans: [] },
        {
          name: 'OrdersController.find',
          spans: [
            span('ShoutInterceptor.intercept', 'interceptor'),
            span('NumberPipe.transform', 'pipe'),
            handler,
          ],
        },
      ],
    });
    expect(body).toBe('7 EUR');
  });

  test('only those that are wanted', async () => {
    await using app = await start({ middleware: false, guards: false, interceptors: false });
    await expectTree(app.url, '/orders/7', 200, {
      name: 'GET /orders/:id',
      spans: [
        { name: 'RequestGuard.canActivate', spans: [] },
        { name: 'OrdersController.find', spans: [span('NumberPipe.transform', 'pipe'), handler] },
      ],
    });
  });

  test('none without the option', async () => {
    await using app = await start(undefined);
    await expectTree(app.url, '/orders/7', 200, {
      name: 'GET /orders/:id',
      spans: [
        { name: 'RequestGuard.canActivate', spans: [] },
        { name: 'OrdersController.find', spans: [handler] },
      ],
    });
  });

  test('an error is written once, where it is thrown', async () => {
    await using app = await start({});
    await expectTree(app.url, '/orders/x', 400, {
      name: 'GET /orders/:id',
      status: 'unset',
      events: [],
      spans: [
        ...middleware,
        { name: 'OpenGuard.canActivate' },
        { name: 'RequestGuard.canActivate' },
        {
          name: 'OrdersController.find',
          events: [],
          spans: [
            { name: 'ShoutInterceptor.intercept', events: [] },
            { name: 'NumberPipe.transform', events: [exception], status: 'unset' },
          ],
        },
      ],
    });
    collector.clear();
    await expectTree(app.url, '/orders/refused', 403, {
      name: 'GET /orders/refused',
      events: [],
      spans: [
        ...middleware,
        { name: 'OpenGuard.canActivate' },
        { name: 'RefusingGuard.canActivate', events: [exception], status: 'unset' },
      ],
    });
    collector.clear();
    await expectTree(app.url, '/orders/broken', 500, {
      name: /^GET/,
      status: 'error',
      events: [],
      spans: [{ name: 'TenantMiddleware.use', events: [exception], status: 'error' }],
    });
  });
});

test('an Observable of an interceptor that has handed over is given on as it is', () => {
  const observable = of('7 EUR');
  const execution = { getHandler: () => undefined };
  const interceptor = { intercept: (_: unknown, next: CallHandler) => next.handle() };
  enhancerSpans().instanceDecorator(interceptor);
  const given = trace
    .getTracer('test')
    .startActiveSpan('request', () =>
      interceptor.intercept(execution, { handle: () => observable }),
    );
  expect(given).toBe(observable);
});

test('a wrong option is said at once', () => {
  expect(() => enhancerSpans({ filters: true } as EnhancerSpansOptions)).toThrow(
    'enhancerSpans({ filters }): expected guards, interceptors, pipes and middleware only',
  );
  expect(() => enhancerSpans({ pipes: 'no' as never })).toThrow(
    'enhancerSpans({ pipes }): expected true or false',
  );
});
