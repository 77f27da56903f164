import { get } from 'node:http';
import {
  baggageEntryMetadataFromString,
  context,
  logs,
  type Meter,
  metrics,
  type ObservableResult,
  propagation,
  ROOT_CONTEXT,
  type Span,
  trace,
} from '@opentelemetry/api';
import { expect, it, vi } from 'vitest';
import { circular, deep, hostileArguments, random, trap } from '../test/hostile.ts';
import { type Observed, observe, serve } from '../test/observe.ts';
import {
  activeRequest,
  addMetricProducer,
  addSpanAttributes,
  carryContext,
  collectMetrics,
  currentTraceFields,
  init,
  isInstrumentationDisabled,
  onInstrument,
  recordError,
  runWithCarried,
  setRoute,
  startSpan,
  type Telemetry,
  withSpan,
} from './index.ts';

/** One call with hostile arguments of any method of the API. */
function callApi(any: () => never, draw: () => number, span: Span): unknown {
  const tracer = trace.getTracer('app');
  const logger = logs.getLogger('app');
  const meter = metrics.getMeter('app');
  const calls: (() => unknown)[] = [
    () => tracer.startSpan(any(), any(), any()).end(),
    () => tracer.startActiveSpan(any(), any(), (active) => active.end()),
    () => tracer.startActiveSpan(any(), any(), any(), (active) => active.end()),
    () => tracer.startActiveSpan(any(), (active: Span) => active.end(any())),
    () => span.setAttribute(any(), any()),
    () => span.setAttributes(any()),
    () => span.addEvent(any(), any(), any()),
    () => span.addLink(any()),
    () => span.addLinks(any()),
    () => span.setStatus(any()),
    () => span.updateName(any()),
    () => span.recordException(any(), any()),
    () => span.spanContext(),
    () => logger.emit(any()),
    () =>
      logger.emit({
        body: any(),
        attributes: any(),
        timestamp: any(),
        observedTimestamp: any(),
        severityNumber: any(),
        severityText: any(),
        eventName: any(),
        context: any(),
      }),
    () => logger.enabled(any()),
    () => meter.createCounter('app.jobs', any()).add(any(), any(), any()),
    () => meter.createUpDownCounter('app.open', any()).add(any(), any(), any()),
    () => meter.createHistogram('app.wait').record(any(), any(), any()),
    () => meter.createGauge('app.level', any()).record(any(), any(), any()),
    () => meter.createHistogram(any(), any()),
    () => meter.createHistogram(any(), described(any)).record(any(), any()),
    () => meter.createCounter('app.jobs', described(any)),
    () => meter.createObservableGauge('app.jobs', described(any)),
    () => observeOnce(meter, any),
    () => trace.getTracer(any(), any()),
    () => logs.getLogger(any(), any(), any()),
    () => metrics.getMeter(any(), any(), any()),
    () => context.with(any(), work),
    () => context.bind(any(), work),
    () => propagation.inject(ROOT_CONTEXT, any(), setter),
    () => propagation.inject(trace.setSpan(ROOT_CONTEXT, span), {}, setter),
    () => propagation.extract(ROOT_CONTEXT, { traceparent: any(), tracestate: any() }),
    () => propagation.extract(ROOT_CONTEXT, { baggage: any(), b3: any() }),
    () => context.with(any(), () => trace.getActiveSpan()),
  ];
  return calls[Math.floor(draw() * calls.length)]?.();
}

/** One call of any function of this package. */
function callOwn(any: () => never, draw: () => number, span: Span, telemetry: Telemetry): unknown {
  const calls: (() => unknown)[] = [
    () => setRoute(any(), any()),
    () => recordError(any()),
    () => recordError(any(), any()),
    () => isInstrumentationDisabled(any()),
    () => activeRequest(),
    () => onInstrument(any())(),
    () => addSpanAttributes(any()),
    () => startSpan(any(), any()).run(work),
    () => startSpan(any(), any())[Symbol.dispose](),
    () => withSpan(any(), work),
    () => withSpan(any(), any(), work),
    () => withSpan('gives', any) as unknown,
    () => expectHandedOn(any()),
    () => context.with(trace.setSpan(ROOT_CONTEXT, span), carryContext),
    () => runWithCarried(any(), work),
    () => runWithCarried({ traceparent: any(), tracestate: any(), baggage: any() }, work),
    () => currentTraceFields(),
    () => span.setAttributes(any()).addEvent(any(), any()).end(any()),
    () => telemetry.stats(),
  ];
  return calls[Math.floor(draw() * calls.length)]?.();
}

const work = () => 'done';

/** What the work throws is the caller's, whatever it is. */
function expectHandedOn(value: unknown): void {
  const caught: unknown[] = [];
  try {
    void withSpan('throws', () => {
      throw value;
    });
  } catch (error) {
    caught.push(error);
  }
  expect(caught.length === 1 && Object.is(caught[0], value)).toBe(true);
}

const setter = {
  set(into: Record<string, string>, key: string, value: string) {
    into[key] = value;
  },
};

function described(any: () => never) {
  return { description: any(), unit: any(), valueType: any(), advice: any() };
}

/** An observable instrument whose callback does its worst when metrics are collected. */
function observeOnce(meter: Meter, any: () => never): void {
  const counter = meter.createObservableCounter('app.seen', any());
  const callback = (result: ObservableResult) => {
    counter.removeCallback(callback);
    result.observe(any(), any());
    trap();
  };
  counter.addCallback(callback);
  meter.addBatchObservableCallback(any(), [counter, any()]);
  meter.removeBatchObservableCallback(any(), [counter, any()]);
}

/** Those whose work goes on after the call. */
async function callAndWait(any: () => never, { telemetry }: Observed): Promise<void> {
  const remove = addMetricProducer(any());
  await collectMetrics(any());
  remove();
  await telemetry.forceFlush(any());
  await telemetry.forceFlush({ timeoutMillis: any() });
}

const full = process.env['OTEL_TEST_FULL'] === '1';
const CALLS = full ? 100_000 : 20_000;
const ROUNDS = 20;

it(`${CALLS} calls of every API method and every function with hostile arguments: 0 throws, the good neighbours delivered`, async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await using observed = await observe();
  const { collector, telemetry } = observed;
  const draw = random(8);
  const any = hostileArguments(8);
  for (let round = 0; round < ROUNDS; round++) {
    const span = trace.getTracer('app').startSpan('attacked');
    for (let n = 0; n < CALLS / ROUNDS; n++) {
      if (n % 3 === 0) callOwn(any, draw, trace.getTracer('app').startSpan('own'), telemetry);
      else callApi(any, draw, span);
    }
    span.updateName('attacked');
    span.end(any());
    logs.getLogger('app').emit({ body: 'fine' });
    await callAndWait(any, observed);
    expect(init(any()).enabled).toBe(true);
    await telemetry.forceFlush();
  }
  vi.restoreAllMocks();
  expect(collector.store.spans().filter(({ name }) => name === 'attacked')).toHaveLength(ROUNDS);
  expect(collector.store.logs().filter(({ body }) => body === 'fine')).toHaveLength(ROUNDS);
  expect(telemetry.stats().traces.queued).toBe(0);
}, 600_000);

it('after shutdown every function with hostile arguments is harmless, and init() works again', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const first = await observe();
  const span = trace.getTracer('app').startSpan('attacked');
  await first[Symbol.asyncDispose]();
  const draw = random(9);
  const any = hostileArguments(9);
  for (let n = 0; n < 5000; n++) {
    if (n % 100 === 0) await callAndWait(any, first);
    callOwn(any, draw, span, first.telemetry);
  }
  await first.telemetry.shutdown();
  await using again = await observe();
  trace.getTracer('app').startSpan('again').end();
  await again.telemetry.forceFlush();
  vi.restoreAllMocks();
  expect(again.collector.store.spans().map(({ name }) => name)).toEqual(['again']);
});

it.each(['protobuf', 'json'] as const)(
  '1 poisoned record in 512 as %s: 511 delivered, 1 counted',
  async (encoding) => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await using observed = await observe({}, encoding);
    const { collector, telemetry } = observed;
    for (let n = 0; n < 512; n++) {
      logs.getLogger('app').emit({ body: n === 200 ? (circular() as never) : n });
      trace
        .getTracer('app')
        .startSpan(`span ${n}`)
        .end(n === 200 ? Number.NaN : undefined);
    }
    await telemetry.forceFlush();
    vi.restoreAllMocks();
    expect(collector.store.logs()).toHaveLength(511);
    expect(telemetry.stats().logs).toEqual({ queued: 0, exported: 511, dropped: 0, failed: 1 });
    expect(collector.store.spans()).toHaveLength(512);
  },
);

const poisons = {
  'an end that is no time': () => Number.NaN,
  'a circular value': () => circular(),
  'a getter that throws': () => ({
    get value() {
      return trap();
    },
  }),
  '100,000 levels': () => deep(100_000),
};

it.each(
  Object.entries(poisons).flatMap(([what, make]) =>
    (['protobuf', 'json'] as const).map((encoding) => ({ what, make, encoding })),
  ),
)(
  '$what in 1 of 512 spans and log records, as $encoding: 0 throws, the 511 others delivered, each loss counted',
  async ({ make, encoding }) => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await using observed = await observe({}, encoding);
    const { collector, telemetry } = observed;
    for (let n = 0; n < 512; n++) {
      const value = (n === 200 ? make() : 'fine') as never;
      const span = trace.getTracer('app').startSpan(`span ${n}`, { attributes: { value } });
      span.end(n === 200 ? value : undefined);
      logs.getLogger('app').emit({ body: n, attributes: { value } });
      logs.getLogger('app').emit({ body: value });
    }
    await telemetry.forceFlush();
    vi.restoreAllMocks();
    const { traces, logs: records } = telemetry.stats();
    expect(collector.store.spans()).toHaveLength(traces.exported);
    expect(collector.store.logs()).toHaveLength(records.exported);
    expect([traces.exported, traces.dropped + traces.failed]).toEqual([512, 0]);
    expect(records.exported).toBeGreaterThanOrEqual(2 * 511);
    expect(records.exported + records.dropped + records.failed).toBe(2 * 512);
  },
);

it.each(['protobuf', 'json'] as const)(
  'attributes called __proto__, constructor and hasOwnProperty as %s: 0 lost, in spans, events, links, log records and metrics',
  async (encoding) => {
    await using observed = await observe({}, encoding);
    const { collector, telemetry } = observed;
    const names = ['__proto__', 'constructor', 'hasOwnProperty', 'plain'];
    const attributes = Object.fromEntries(names.map((name) => [name, `of ${name}`]));
    const linked = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };
    const span = trace.getTracer('app').startSpan('begun', { attributes });
    for (const name of names) span.setAttribute(name, `of ${name}`);
    span.addEvent('told', attributes).addLink({ context: linked, attributes }).end();
    logs.getLogger('app').emit({ body: 'written', attributes });
    metrics.getMeter('app').createCounter('app.jobs').add(1, attributes);
    await telemetry.forceFlush();
    const [kept] = collector.store.spans();
    expect(kept?.attributes).toEqual(attributes);
    expect(kept?.events[0]?.attributes).toEqual(attributes);
    expect(kept?.links[0]?.attributes).toEqual(attributes);
    expect(collector.store.logs()[0]?.attributes).toEqual(attributes);
    const counted = collector.store.metrics().find(({ name }) => name === 'app.jobs');
    expect(counted?.points[0]?.attributes).toEqual(attributes);
  },
);

/** What a request was answered, over both clients of Node. */
const clients = {
  fetch: async (url: string) => (await fetch(url)).text(),
  'node:http': (url: string) =>
    new Promise<string>((resolve, reject) => {
      get(url, (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve(text));
      }).on('error', reject);
    }),
};
const unfit = {
  'a line break': 'a\r\nx-injected: 1',
  'letters beyond latin1': 'ключ',
  'a lone surrogate': '\ud800',
  'a NUL': 'a\0b',
};

it.each(
  Object.entries(unfit).flatMap(([what, text]) =>
    Object.entries(clients).map(([name, ask]) => ({ what, text, name, ask })),
  ),
)('baggage with $what: the request of $name succeeds', async ({ text, ask }) => {
  await using observed = await observe();
  await using upstream = await serve((request, response) =>
    response.end(
      request.headers['x-injected'] ?? /fine(?==b)/.exec(`${request.headers['baggage']}`)?.[0],
    ),
  );
  expect(observed.telemetry.enabled).toBe(true);
  const metadata = baggageEntryMetadataFromString(text);
  const entries = { key: { value: text, metadata }, [text]: { value: 'a' }, fine: { value: 'b' } };
  const baggage = propagation.createBaggage(entries);
  const carrying = propagation.setBaggage(ROOT_CONTEXT, baggage);
  expect(await context.with(carrying, () => ask(upstream.url))).toBe('fine');
});

it('a metric producer that gives hostile values in every place: 0 rejections, the good metrics exported', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await using observed = await observe();
  const any = hostileArguments(10);
  const places: readonly (() => unknown)[] = [
    () => any(),
    () => ({ resourceMetrics: any() }),
    () => ({ resourceMetrics: { scopeMetrics: any() } }),
    () => ({ resourceMetrics: { scopeMetrics: [any()] } }),
    () => produced(any()),
    () => produced([any()]),
    () => produced([{ dataPoints: any(), descriptor: any() }]),
    () => produced([{ dataPoints: [any()], descriptor: { name: any() }, dataPointType: any() }]),
    () => Promise.reject(any()),
  ];
  let round = 0;
  const remove = addMetricProducer({
    collect: async () => (await places[round % places.length]?.()) as never,
  });
  metrics.getMeter('app').createCounter('app.jobs').add(7);
  for (; round < 40 * places.length; round++) await observed.telemetry.forceFlush();
  remove();
  vi.restoreAllMocks();
  const exports = observed.collector.store.metrics().filter(({ name }) => name === 'app.jobs');
  expect(exports.length).toBeGreaterThanOrEqual(40 * places.length);
});

function produced(metrics: unknown) {
  return { resourceMetrics: { scopeMetrics: [{ scope: { name: 'own' }, metrics }] } };
}

it('a span processor of the application that throws: 0 throws, 0 spans lost', async () => {
  const bad = { onStart: trap, onEnd: trap, forceFlush: trap, shutdown: trap };
  await using observed = await observe({ spanProcessors: [bad] });
  trace.getTracer('app').startSpan('work').end();
  await observed.telemetry.forceFlush();
  expect(observed.collector.store.spans().map(({ name }) => name)).toEqual(['work']);
});
