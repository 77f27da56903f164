import { channel } from 'node:diagnostics_channel';
import { diag, logs, metrics, propagation, trace } from '@opentelemetry/api';
import { expectLog, expectMetric, expectTrace } from '@org/otel-testing';
import { startCollector } from '@org/otel-testing/collector';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { observe } from '../test/observe.ts';
import { collectMetrics, currentTraceFields, init, onInstrument, SettingsError } from './index.ts';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});
async function keep<T extends AsyncDisposable>(part: T | Promise<T>): Promise<T> {
  open.push(await part);
  return part;
}

describe('init()', () => {
  it('returns the running handle when it is called again', async () => {
    const { telemetry } = await keep(observe());
    expect(init({ serviceName: 'other' })).toBe(telemetry);
  });

  it('starts anew after shutdown, and shutdown leaves nothing subscribed', async () => {
    const first = await observe();
    await first[Symbol.asyncDispose]();
    expect(channel('http.server.request.start').hasSubscribers).toBe(false);
    expect(trace.getTracer('app').startSpan('gone').isRecording()).toBe(false);
    const second = await keep(observe());
    expect(second.telemetry).not.toBe(first.telemetry);
    trace.getTracer('app').startSpan('again').end();
    await second.telemetry.forceFlush();
    await expectTrace(second.collector, { name: 'again' });
  });

  it.each(['protobuf', 'json'] as const)('delivers all three signals as %s', async (encoding) => {
    const { collector, telemetry } = await keep(observe({}, encoding));
    const tracer = trace.getTracer('app', '1.2.3');
    tracer.startActiveSpan('work', { attributes: { n: 1, list: ['a', 'b'] } }, (span) => {
      logs.getLogger('app').emit({ body: 'said', severityText: 'WARN', severityNumber: 13 });
      span.end();
    });
    metrics.getMeter('app').createCounter('app.jobs', { unit: '{job}' }).add(3, { kind: 'x' });
    await telemetry.forceFlush();
    const { root } = await expectTrace(collector, {
      service: 'shop',
      name: 'work',
      attributes: { n: 1 },
    });
    expect(root.span.scope).toMatchObject({ name: 'app', version: '1.2.3' });
    await expectLog(collector, { body: 'said', traceId: root.span.traceId });
    await expectMetric(collector, {
      name: 'app.jobs',
      unit: '{job}',
      value: 3,
      attributes: { kind: 'x' },
    });
    const types = new Set(collector.requests.map(({ encoding: received }) => received));
    expect([...types]).toEqual([encoding]);
    expect(collector.refused).toEqual([]);
  });

  it('says who emits', async () => {
    const { collector, telemetry } = await keep(
      observe({ resource: { attributes: { team: 'a' } } }),
    );
    trace.getTracer('app').startSpan('work').end();
    await telemetry.forceFlush();
    const { root } = await expectTrace(collector, { name: 'work' });
    expect(root.span.resource.attributes).toMatchObject({
      'service.name': 'shop',
      'service.instance.id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'telemetry.sdk.language': 'nodejs',
      'telemetry.distro.name': '@org/otel-core',
      'process.pid': process.pid,
      'process.runtime.version': process.versions.node,
      team: 'a',
    });
  });

  it('throws with strict, naming the setting, its value and what was expected', () => {
    vi.stubEnv('OTEL_TRACES_SAMPLER_ARG', 'abc');
    expect(() => init({ strict: true })).toThrow(SettingsError);
    vi.stubEnv('OTEL_NODE_STRICT', 'true');
    expect(() => init()).toThrow(SettingsError);
    expect(() => init({ strict: true })).toThrow(
      'OTEL_TRACES_SAMPLER_ARG: expected a number from 0 to 1, got "abc"; using 1',
    );
  });

  it('with OTEL_SDK_DISABLED listens to nothing and keeps the propagators', async () => {
    vi.stubEnv('OTEL_SDK_DISABLED', 'TRUE');
    const telemetry = await keep(init());
    expect(telemetry.enabled).toBe(false);
    expect(channel('http.server.request.start').hasSubscribers).toBe(false);
    expect(propagation.fields()).toContain('traceparent');
    propagation.disable();
  });
});

describe('the doors for adapters', () => {
  it('currentTraceFields() are the ids of the active span, and nothing outside one', async () => {
    await keep(observe());
    expect(currentTraceFields()).toBeUndefined();
    trace.getTracer('app').startActiveSpan('work', (span) => {
      const { traceId, spanId } = span.spanContext();
      expect(currentTraceFields()).toEqual({ traceId, spanId, traceFlags: '03', sampled: true });
      span.end();
    });
  });

  it('onInstrument() hears of instruments that exist and of new ones, each once', async () => {
    await keep(observe());
    const heard: string[] = [];
    const stop = onInstrument(({ name }) => heard.push(name));
    expect(heard).toContain('http.server.request.duration');
    metrics.getMeter('app').createHistogram('app.size');
    metrics.getMeter('app').createHistogram('app.size');
    expect(heard.filter((name) => name === 'app.size')).toHaveLength(1);
    stop();
    metrics.getMeter('app').createHistogram('app.later');
    expect(heard).not.toContain('app.later');
  });

  it('collectMetrics() disturbs no export', async () => {
    const { collector, telemetry } = await keep(observe());
    metrics.getMeter('app').createCounter('app.jobs').add(2);
    await collectMetrics();
    const seen = await collectMetrics();
    const names = seen?.scopeMetrics.flatMap((scope) =>
      scope.metrics.map((m) => m.descriptor.name),
    );
    expect(names).toContain('app.jobs');
    await telemetry.forceFlush();
    await expectMetric(collector, { name: 'app.jobs', value: 2 });
  });
});

describe('forceFlush()', () => {
  it('stops waiting when its time is over, and keeps nothing alive then', async () => {
    const answered = Promise.withResolvers<void>();
    const collector = await keep(
      startCollector({ respond: () => answered.promise.then(() => undefined) }),
    );
    const telemetry = await keep(init({ exporter: { otlpHttp: { endpoint: collector.url } } }));
    trace.getTracer('app').startSpan('slow').end();
    await telemetry.forceFlush({ timeoutMillis: 50 });
    expect(telemetry.stats().traces.exported).toBe(0);
    answered.resolve();
    await telemetry.forceFlush();
    expect(telemetry.stats().traces.exported).toBe(1);
  });
});

describe('what telemetry says of itself', () => {
  it('is on stderr from warn on, once a minute, unless the application has a logger of its own', async () => {
    const said: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const first = await observe();
    diag.warn('careful');
    diag.warn('careful');
    diag.info('by the way');
    await first[Symbol.asyncDispose]();
    const own: string[] = [];
    const logger = {
      error() {},
      warn: (text: string) => own.push(text),
      info() {},
      debug() {},
      verbose() {},
    };
    diag.setLogger(logger);
    await keep(observe());
    diag.warn('mine');
    diag.disable();
    vi.restoreAllMocks();
    expect(said).toEqual(['[otel] careful\n']);
    expect(own).toContain('mine');
  });
});
