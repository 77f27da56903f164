import { Controller, Get, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { type Collector, expectTrace, startCollector } from '@org/otel-testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { init, OtelModule, type OtelModuleOptions, TraceService } from '../src/index.ts';
import { rawGet } from './raw.get.ts';
import { startNest } from './start.nest.ts';

let collector: Collector;

beforeEach(async () => {
  collector = await startCollector();
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url);
});
afterEach(async () => {
  // Whatever started it: init() gives the running one.
  await init().shutdown();
  await collector.close();
  vi.unstubAllEnvs();
});

@Controller()
class HelloController {
  constructor(@Inject(TraceService) private readonly traces: TraceService) {}

  @Get('hello')
  hello() {
    this.traces.getSpan()?.setAttribute('app.greeting', 'hello');
    return this.traces.traceFields();
  }

  @Get('work')
  work() {
    const options = { attributes: { 'app.step': 1 } };
    return this.traces.withSpan('add up', async (span) => span.spanContext().spanId, options);
  }
}

const controllers = [HelloController];

function options(serviceName: string): OtelModuleOptions {
  return { serviceName, exporter: { otlpHttp: { endpoint: collector.url } } };
}

/** One request, and the whole trace it must leave: exactly two spans. */
async function expectHello(url: string, service: string) {
  const { body } = await rawGet(`${url}/hello`);
  await init().forceFlush();
  const matched = await expectTrace(collector, {
    service,
    name: 'GET /hello',
    kind: 'server',
    spans: [{ name: 'HelloController.hello', attributes: { 'app.greeting': 'hello' } }],
  });
  return { fields: JSON.parse(body), matched };
}

describe('OtelModule starts telemetry', () => {
  test('when it is imported, with the settings of the environment', async () => {
    vi.stubEnv('OTEL_SERVICE_NAME', 'from-env');
    await using nest = await startNest({ imports: [OtelModule], controllers });
    await expectHello(nest.url, 'from-env');
  });

  test('with forRoot(), at once', async () => {
    const before = trace.getTracer('test').startSpan('before');
    expect(before.isRecording()).toBe(false);
    const imports = [OtelModule.forRoot(options('for-root'))];
    const after = trace.getTracer('test').startSpan('after');
    expect(after.isRecording()).toBe(true);
    await using nest = await startNest({ imports, controllers });
    await expectHello(nest.url, 'for-root');
  });

  test('and leaves out controller spans where the environment says so', async () => {
    vi.stubEnv('OTEL_NODE_DISABLED_INSTRUMENTATIONS', 'nestjs');
    await using nest = await startNest({ imports: [OtelModule], controllers });
    await rawGet(`${nest.url}/hello`);
    await init().forceFlush();
    await expectTrace(collector, { name: 'GET /hello', kind: 'server', spans: [] });
    expect(collector.store.spans()).toHaveLength(1);
  });

  test('with forRootAsync(), by a factory with injection', async () => {
    const SETTINGS = 'SETTINGS';
    class SettingsModule {}
    const settings = {
      module: SettingsModule,
      providers: [{ provide: SETTINGS, useValue: options('for-root-async') }],
      exports: [SETTINGS],
    };
    const imports = [
      OtelModule.forRootAsync({
        imports: [settings],
        inject: [SETTINGS],
        useFactory: async (found: OtelModuleOptions) => found,
      }),
    ];
    await using nest = await startNest({ imports, controllers });
    await expectHello(nest.url, 'for-root-async');
  });

  test('with forRootAsync(), by a class', async () => {
    const given = options('by-class');
    @Injectable()
    class Factory {
      create(): OtelModuleOptions {
        return given;
      }
    }
    const imports = [OtelModule.forRootAsync({ useClass: Factory })];
    await using nest = await startNest({ imports, controllers });
    await expectHello(nest.url, 'by-class');
  });

  test('unless init() did: then it uses what runs', async () => {
    const telemetry = init(options('init-first'));
    const imports = [OtelModule.forRoot({ serviceName: 'ignored' })];
    expect(init()).toBe(telemetry);
    await using nest = await startNest({ imports, controllers });
    await expectHello(nest.url, 'init-first');
  });
});

test('imported twice, also by forRoot() twice, it makes one controller span', async () => {
  class FeatureModule {}
  const feature = { module: FeatureModule, imports: [OtelModule.forRoot(options('twice'))] };
  const imports = [OtelModule.forRoot(options('twice')), OtelModule, feature];
  await using nest = await startNest({ imports, controllers });
  await expectHello(nest.url, 'twice');
});

test('two applications of one process both have their spans', async () => {
  const imports = [OtelModule.forRoot(options('both'))];
  await using first = await startNest({ imports, controllers });
  await using second = await startNest({ imports, controllers });
  await expectHello(first.url, 'both');
  collector.clear();
  await expectHello(second.url, 'both');
});

test('a wrong option of the module is said at once', () => {
  expect(() => OtelModule.forRoot({ controllerSpans: 'no' as never })).toThrow(
    'OtelModule: controllerSpans: expected true or false, got "no"',
  );
  expect(() => OtelModule.forRoot({ flushTimeout: -1 })).toThrow(
    'OtelModule: flushTimeout: expected milliseconds from 0, got -1',
  );
});

test('closing the application delivers what was recorded until then', async () => {
  const imports = [OtelModule.forRoot(options('closing'))];
  const nest = await startNest({ imports, controllers });
  await rawGet(`${nest.url}/hello`);
  await nest.app.close();
  // No wait here: close() resolves after the collector's acknowledgement.
  const names = collector.store.spans().map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['GET /hello', 'HelloController.hello']));
});

test('closing the application neither fails nor hangs when there is no collector', async () => {
  const imports = [OtelModule.forRoot({ ...options('nobody-listens'), flushTimeout: 100 })];
  const nest = await startNest({ imports, controllers });
  await rawGet(`${nest.url}/hello`);
  await collector.close();
  const start = performance.now();
  await expect(nest.app.close()).resolves.toBeUndefined();
  expect(performance.now() - start).toBeLessThan(2000);
});

test('nothing is active while the application starts, nor in a timer started then', async () => {
  const seen: unknown[] = [];
  let fired = (): void => {};
  const timer = new Promise<void>((resolve) => {
    fired = resolve;
  });
  const look = () => seen.push(trace.getActiveSpan(), context.active() === ROOT_CONTEXT);
  class Early implements OnModuleInit {
    constructor() {
      look();
      setTimeout(() => {
        look();
        fired();
      });
    }
    onModuleInit() {
      look();
    }
  }
  const imports = [OtelModule.forRoot(options('bootstrap'))];
  await using nest = await startNest({ imports, controllers, providers: [Early] });
  await timer;
  expect(seen).toEqual([undefined, true, undefined, true, undefined, true]);
  await expectHello(nest.url, 'bootstrap');
});

describe('TraceService', () => {
  test('gives the active span and its ids', async () => {
    await using nest = await startNest({
      imports: [OtelModule.forRoot(options('fields'))],
      controllers,
    });
    const { fields, matched } = await expectHello(nest.url, 'fields');
    const { traceId, spanId } = matched.span('GET /hello', 'HelloController.hello');
    expect(fields).toMatchObject({ traceId, spanId, sampled: true });
  });

  test('runs work under a span of its own', async () => {
    const imports = [OtelModule.forRoot(options('work'))];
    await using nest = await startNest({ imports, controllers });
    const { body } = await rawGet(`${nest.url}/work`);
    await init().forceFlush();
    const matched = await expectTrace(collector, {
      name: 'GET /work',
      spans: [
        {
          name: 'HelloController.work',
          spans: [{ name: 'add up', kind: 'internal', attributes: { 'app.step': 1 } }],
        },
      ],
    });
    expect(body).toBe(matched.span('GET /work', 'HelloController.work', 'add up').spanId);
  });

  test('outside of a request there is no span and there are no ids', () => {
    const traces = new TraceService();
    expect([traces.getSpan(), traces.traceFields()]).toEqual([undefined, undefined]);
    expect(traces.withSpan('unrecorded', (span) => span.isRecording())).toBe(false);
  });
});
