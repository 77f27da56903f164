import {
  logs,
  metrics,
  propagation,
  ROOT_CONTEXT,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api';
import { expectLog, expectMetric, expectTrace } from '@org/otel-testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hostile } from '../test/hostile.ts';
import { ask, observe, serve } from '../test/observe.ts';
import type { InitOptions, MetricProducer } from './index.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function fail(): never {
  throw new Error('broken part');
}
const never = () => new Promise<never>(() => {});

/** Everything at once: work, a log line, a count. */
function work(): void {
  trace.getTracer('app').startActiveSpan('work', (span) => {
    logs.getLogger('app').emit({ body: 'said' });
    span.end();
  });
  metrics.getMeter('app').createCounter('app.jobs').add(1, { id: 7 });
}

describe('parts of the application’s own', () => {
  it('exporters get what was recorded, and their own requests are not recorded', async () => {
    await using elsewhere = await serve((_, response) => response.end());
    const got: string[] = [];
    const exporter = (name: string) => ({
      export(_: unknown, done: (result: { code: number }) => void) {
        got.push(name);
        void fetch(elsewhere.url).then(() => done({ code: 0 }));
      },
      async shutdown() {
        got.push(`${name} down`);
      },
    });
    await using observed = await observe({
      spanExporters: [exporter('spans')],
      logRecordExporters: [exporter('logs')],
      metricExporters: [exporter('metrics')],
    });
    work();
    await observed.telemetry.forceFlush();
    expect([...new Set(got)].sort()).toEqual(['logs', 'metrics', 'spans']);
    // What the receiver serves is seen here, because it lives in this process; what is sent is not.
    const kinds = observed.collector.store.spans().map(({ kind }) => kind);
    expect(kinds).not.toContain('client');
    expect(observed.telemetry.stats().logs).toEqual({
      queued: 0,
      exported: 2,
      dropped: 0,
      failed: 0,
    });
    await observed.telemetry.shutdown();
    expect(got).toEqual(expect.arrayContaining(['logs down', 'metrics down', 'spans down']));
  });

  it('a log record processor changes what is exported', async () => {
    await using observed = await observe({
      logRecordProcessors: [
        {
          onEmit: (record) => void record.setBody('changed' as never),
          async forceFlush() {},
          async shutdown() {},
        },
      ],
    });
    work();
    await observed.telemetry.forceFlush();
    await expectLog(observed.collector, { body: 'changed' });
  });

  it('a metric reader collects everything, HTTP durations too', async () => {
    let producer: MetricProducer | undefined;
    await using observed = await observe({
      metricReaders: [
        {
          setMetricProducer: (given) => {
            producer = given;
          },
          async forceFlush() {},
          async shutdown() {},
        },
      ],
    });
    await using served = await serve((_, response) => response.end());
    await ask(served.url);
    work();
    await observed.telemetry.forceFlush();
    const { resourceMetrics } = (await producer?.collect()) ?? fail();
    const names = resourceMetrics.scopeMetrics.flatMap((scope) =>
      scope.metrics.map(({ descriptor }) => descriptor.name),
    );
    expect(names).toEqual(expect.arrayContaining(['app.jobs', 'http.server.request.duration']));
  });

  it('a view renames an instrument; one that selects nothing is said and left out', async () => {
    const said: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    await using observed = await observe({
      views: [{ instrumentName: 'app.jobs', name: 'app.work' }, {}],
    });
    work();
    await observed.telemetry.forceFlush();
    await expectMetric(observed.collector, { name: 'app.work', value: 1 });
    expect(said).toEqual([expect.stringContaining('[otel] a view cannot be used and is left out')]);
  });

  it('a propagator of its own stands beside the formats', async () => {
    const own: TextMapPropagator = {
      inject: (_, carrier, setter) => setter.set(carrier, 'x-own', 'here'),
      extract: (context) => context,
      fields: () => ['x-own'],
    };
    await using observed = await observe({ propagators: ['tracecontext', own] });
    const seen: unknown[] = [];
    await using served = await serve((request, response) => {
      seen.push(request.headers['x-own'], request.headers['traceparent'] !== undefined);
      response.end();
    });
    await (await fetch(served.url)).text();
    expect([observed.telemetry.enabled, ...seen]).toEqual([true, 'here', true]);
  });

  it('an instrumentation is told where to report, and is switched off by shutdown()', async () => {
    const calls: string[] = [];
    const note = (name: string) => () => void calls.push(name);
    await using observed = await observe({
      instrumentations: [
        {
          instrumentationName: 'own',
          setTracerProvider: (provider) => provider.getTracer('own').startSpan('from it').end(),
          setMeterProvider: note('meters'),
          setLoggerProvider: note('loggers'),
          enable: note('on'),
          disable: note('off'),
        },
      ],
    });
    await observed.telemetry.forceFlush();
    await expectTrace(observed.collector, { name: 'from it' });
    await observed.telemetry.shutdown();
    expect(calls).toEqual(['meters', 'loggers', 'on', 'off']);
  });
});

const everyMethod = (method: () => never) => ({
  onStart: method,
  onEnd: method,
  onEmit: method,
  export: method,
  setMetricProducer: method,
  setTracerProvider: method,
  setMeterProvider: method,
  enable: method,
  disable: method,
  inject: method,
  extract: method,
  fields: method,
  forceFlush: method,
  shutdown: method,
  instrumentationName: 'hostile',
});

function everywhere(part: ReturnType<typeof everyMethod>): InitOptions {
  return {
    spanProcessors: [part],
    spanExporters: [part],
    logRecordProcessors: [part],
    logRecordExporters: [part],
    metricReaders: [part],
    metricExporters: [part],
    propagators: ['tracecontext', part],
    instrumentations: [part],
  };
}

/** The parts whose methods may be asynchronous. */
function waited(part: ReturnType<typeof everyMethod>): InitOptions {
  const { instrumentations, propagators, metricReaders, ...others } = everywhere(part);
  return others;
}

/** The parts that are asked for a value. */
function asked(part: ReturnType<typeof everyMethod>): InitOptions {
  const { spanExporters, logRecordExporters, metricExporters, ...others } = everywhere(part);
  return { ...others, resource: { detectors: [{ detect: part.export }] } };
}

const throwing = (value: unknown) => (): never => {
  throw value;
};
const rejecting = (value: unknown) => (async () => throwing(value)()) as unknown as () => never;

describe('a part that', () => {
  it('throws in every method: nothing reaches the application, the good neighbours deliver, losses are counted and said', async () => {
    const said: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    await using observed = await observe(everywhere(everyMethod(fail)));
    await using served = await serve((_, response) => response.end('fine'));
    expect(await (await fetch(served.url)).text()).toBe('fine');
    propagation.inject(ROOT_CONTEXT, {});
    work();
    await observed.telemetry.forceFlush();
    await expectTrace(observed.collector, { name: 'work' });
    await expectLog(observed.collector, { body: 'said' });
    await expectMetric(observed.collector, { name: 'app.jobs', value: 1 });
    const { traces, logs: records } = observed.telemetry.stats();
    expect([traces.failed, records.failed]).toEqual([traces.exported, 1]);
    for (const part of [
      'onStart of a span processor',
      'onEmit of a log record processor',
      'setMetricProducer of a metric reader',
      'an instrumentation',
      'inject of a propagator',
      'a span exporter',
      'a log record exporter',
      'a metric exporter',
    ])
      expect(said.join('')).toContain(part);
  });

  it('rejects in every method, as async functions do: 0 unhandled rejections, the good neighbours deliver', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await using observed = await observe(waited(everyMethod((async () => fail()) as never)));
    work();
    await observed.telemetry.forceFlush();
    await expectTrace(observed.collector, { name: 'work' });
    await expectLog(observed.collector, { body: 'said' });
    await expectMetric(observed.collector, { name: 'app.jobs', value: 1 });
    const { traces, logs: records } = observed.telemetry.stats();
    expect([traces.failed, records.failed]).toEqual([1, 1]);
    await observed.telemetry.shutdown();
  });

  it.each([
    ['throws', (value: unknown) => everywhere(everyMethod(throwing(value)))],
    ['rejects with', (value: unknown) => waited(everyMethod(rejecting(value)))],
    ['returns', (value: unknown) => asked(everyMethod((() => value) as () => never))],
  ])(
    '%s any value in every method: 0 throws, the good neighbours deliver',
    async (_how, optionsOf) => {
      vi.spyOn(process.stderr, 'write').mockReturnValue(true);
      for (const value of hostile) {
        await using observed = await observe(optionsOf(value));
        work();
        observed.telemetry.stats();
        await observed.telemetry.forceFlush();
        expect(observed.collector.store.spans().map(({ name }) => name)).toEqual(['work']);
      }
    },
    60_000,
  );

  it('never comes back: flush and shutdown do, what it held is counted as dropped', async () => {
    const said: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const hanging = {
      ...everyMethod(never as () => never),
      fields: () => [],
      extract: () => ROOT_CONTEXT,
    };
    await using observed = await observe(everywhere(hanging as ReturnType<typeof everyMethod>));
    work();
    await observed.telemetry.forceFlush({ timeoutMillis: 200 });
    await expectTrace(observed.collector, { name: 'work' });
    const { telemetry } = observed;
    await telemetry.shutdown();
    expect(telemetry.stats().traces).toEqual({ queued: 0, exported: 1, dropped: 1, failed: 0 });
    expect(telemetry.stats().logs).toEqual({ queued: 0, exported: 1, dropped: 1, failed: 0 });
  });
});

it('reports what is no such part', async () => {
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  await using _ = await observe({ spanExporters: [{}], metricReaders: 'x' } as never);
  expect(said).toEqual([
    '[otel] spanExporters: expected objects with export, shutdown, got "something else"; using the others\n',
    '[otel] metricReaders: expected an array of objects with setMetricProducer, forceFlush, shutdown, got "string"; using none\n',
  ]);
});
