import {
  Controller,
  createParamDecorator,
  Get,
  Header,
  type INestApplication,
  type NestInterceptor,
  Param,
  type PipeTransform,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';
import { GuardsConsumer } from '@nestjs/core/guards/index.js';
import { type Collector, expectTrace, startCollector } from '@org/otel-testing';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { init, OtelModule, type Telemetry } from '../src/index.ts';
import { rawGet } from './raw.get.ts';
import { startNest } from './start.nest.ts';

let collector: Collector;
let telemetry: Telemetry;

beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: 'shop', exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterEach(() => {
  vi.restoreAllMocks();
  collector.clear();
});
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

function fail(): never {
  throw new Error('step broke');
}

class Pipe implements PipeTransform {
  transform = fail;
}
class Interceptor implements NestInterceptor {
  intercept = fail;
}
class Guard {
  canActivate = fail;
}

const Failing = createParamDecorator(fail);

@Controller('plain')
class PlainController {
  @Get(':id')
  @Header('x-answer', 'yes')
  find(@Param('id') id: string) {
    return id;
  }
}

@Controller('steps')
class StepsController {
  @Get('parameter/:id')
  parameter(@Failing() _id: string) {}
  @Get('pipe/:id')
  pipe(@Param('id', Pipe) _id: string) {}
  @Get('pipes/:id')
  @UsePipes(Pipe)
  pipes(@Param('id') _id: string) {}
  @Get('interceptor/:id')
  @UseInterceptors(Interceptor)
  interceptor() {}
  @Get('header/:id')
  @Header('x-answer', fail)
  header() {}
}

@Controller('pipes')
@UsePipes(Pipe)
class PipesController {
  @Get(':id')
  find(@Param('id') _id: string) {}
}

@Controller('interceptors')
@UseInterceptors(Interceptor)
class InterceptorsController {
  @Get(':id')
  find() {}
}

@Controller('guarded')
class GuardedController {
  @Get(':id')
  @UseGuards(Guard)
  find() {}
}

type Configure = (app: INestApplication) => void;

const asIs: Configure = () => {};
const globalPipe: Configure = (app) => app.useGlobalPipes(new Pipe());
const globalInterceptor: Configure = (app) => app.useGlobalInterceptors(new Interceptor());

const controllers = [
  PlainController,
  StepsController,
  PipesController,
  InterceptorsController,
  GuardedController,
];

/** Nest with OtelModule imported twice, as an application and a library of it do. */
function start(configure: Configure) {
  return startNest({ imports: [OtelModule.forRoot(), OtelModule], controllers }, configure);
}

const exception = { name: 'exception', attributes: { 'exception.message': 'step broke' } };

describe('what fails between the guards and the handler fails its controller span', () => {
  test.each([
    ['a parameter', 'steps/parameter', 'StepsController.parameter', asIs],
    ['a pipe of a parameter', 'steps/pipe', 'StepsController.pipe', asIs],
    ['a pipe of the handler', 'steps/pipes', 'StepsController.pipes', asIs],
    ['a pipe of the controller', 'pipes', 'PipesController.find', asIs],
    ['a global pipe', 'plain', 'PlainController.find', globalPipe],
    ['an interceptor of the handler', 'steps/interceptor', 'StepsController.interceptor', asIs],
    ['an interceptor of the controller', 'interceptors', 'InterceptorsController.find', asIs],
    ['a global interceptor', 'plain', 'PlainController.find', globalInterceptor],
    ['a header', 'steps/header', 'StepsController.header', asIs],
  ])('%s', async (_what, path, name, configure) => {
    await using nest = await start(configure);
    await rawGet(`${nest.url}/${path}/7`);
    await telemetry.forceFlush();
    await expectTrace(collector, {
      name: `GET /${path}/:id`,
      status: 'error',
      events: [],
      spans: [{ name, status: 'error', events: [exception], spans: [] }],
    });
  });

  test('and not what a guard throws', async () => {
    await using nest = await start(asIs);
    await rawGet(`${nest.url}/guarded/7`);
    await telemetry.forceFlush();
    await expectTrace(collector, {
      name: 'GET /guarded/:id',
      status: 'error',
      events: [exception],
      spans: [],
    });
  });
});

test('where nothing stands before a handler, Nest asks no guard', async () => {
  await using nest = await start(asIs);
  const asked = vi.spyOn(GuardsConsumer.prototype, 'tryActivate');
  await rawGet(`${nest.url}/plain/7`);
  expect(asked).not.toHaveBeenCalled();
  await rawGet(`${nest.url}/guarded/7`);
  expect(asked).toHaveBeenCalledOnce();
});
