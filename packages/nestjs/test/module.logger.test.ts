import {
  Controller,
  Get,
  Inject,
  Logger,
  type LoggerService,
  Module,
  type ModuleMetadata,
  type NestApplicationOptions,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Collector, startCollector } from '@org/otel-testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { init, OTEL_LOGGER, OtelModule } from '../src/index.ts';

let collector: Collector;
beforeEach(async () => {
  collector = await startCollector();
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url);
});
afterEach(async () => {
  await init().shutdown();
  await collector.close();
  vi.unstubAllEnvs();
  Logger.overrideLogger(false);
});

@Controller()
class HelloController {
  private readonly own = new Logger('Hello');

  constructor(@Inject(OTEL_LOGGER) private readonly injected: LoggerService) {}

  @Get('hello')
  hello() {
    this.own.log('by its own Logger');
    this.injected.warn('by the injected one', 'Hello');
  }
}

/** A LoggerService that keeps what it is told. */
function keeping() {
  const calls: unknown[][] = [];
  const keep = (level: string) => (message: unknown, context?: unknown) => {
    calls.push([level, context, message]);
  };
  const logger = { log: keep('log'), error: keep('error'), warn: keep('warn') };
  return { calls, logger };
}

async function startedApp(
  imports: NonNullable<ModuleMetadata['imports']>,
  options?: NestApplicationOptions,
) {
  class AppModule {}
  Module({ imports, controllers: [HelloController] })(AppModule);
  const app = await NestFactory.create(AppModule, options ?? {});
  await app.listen(0, '127.0.0.1');
  const response = await fetch(`${await app.getUrl()}/hello`);
  await response.text();
  return {
    [Symbol.asyncDispose]: () => app.close(),
  };
}

const first = ['log', 'NestFactory', 'Starting Nest application...'];
const ofTheRequest = [
  ['log', 'Hello', 'by its own Logger'],
  ['warn', 'Hello', 'by the injected one'],
];

describe('the option logger of OtelModule', () => {
  test.each([
    ['as it is', {}],
    ['with bufferLogs', { bufferLogs: true }],
  ])('forRoot(), application %s: every line from the first one on', async (_name, options) => {
    const { calls, logger } = keeping();
    await using _ = await startedApp([OtelModule.forRoot({ logger })], options);
    expect(calls[0]).toEqual(first);
    expect(calls.filter(([, context]) => context === 'RouterExplorer')).toHaveLength(1);
    expect(calls.slice(-2)).toEqual(ofTheRequest);
  });

  test('forRootAsync() with bufferLogs: Nest keeps the first lines until the options are there', async () => {
    const { calls, logger } = keeping();
    const useFactory = async () => ({ logger });
    await using _ = await startedApp([OtelModule.forRootAsync({ useFactory })], {
      bufferLogs: true,
    });
    expect(calls[0]).toEqual(first);
    expect(calls.slice(-2)).toEqual(ofTheRequest);
  });

  test("a logger that NestFactory is given wins over the module's", async () => {
    const [ofModule, ofFactory] = [keeping(), keeping()];
    await using _ = await startedApp([OtelModule.forRoot({ logger: ofModule.logger })], {
      logger: ofFactory.logger,
    });
    expect(ofFactory.calls[0]).toEqual(first);
    expect(ofModule.calls).toEqual([ofTheRequest[1]]); // only what was injected
  });

  test("without it, Nest's own logger is provided", async () => {
    const { calls, logger } = keeping();
    await using _ = await startedApp([OtelModule], { logger });
    expect(calls.slice(-2)).toEqual(ofTheRequest);
  });

  test.each([
    [null, 'got an object without them'],
    ['winston', 'got "winston"'],
    [{ log() {}, error() {} }, 'got an object without them'],
    [
      { log() {}, error() {}, warn() {}, levels: {}, transports: [] },
      'got a winston logger: wrap it in nestLogger() of @org/otel-winston',
    ],
  ])('refuses %j', (logger, got) => {
    const expected = `OtelModule: logger: expected a LoggerService with log(), error() and warn(), ${got}`;
    expect(() => OtelModule.forRoot({ logger: logger as never })).toThrow(new TypeError(expected));
  });
});
