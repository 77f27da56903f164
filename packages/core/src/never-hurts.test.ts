import {
  baggageEntryMetadataFromString,
  context,
  logs,
  metrics,
  propagation,
  ROOT_CONTEXT,
  type Span,
  trace,
} from '@opentelemetry/api';
import { expect, it, vi } from 'vitest';
import { observe, serve } from '../test/observe.ts';

/** A small generator of numbers with a seed (mulberry32), so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function circular(): object {
  const self: Record<string, unknown> = { a: 1 };
  self['self'] = self;
  return self;
}

function deep(levels: number): object {
  let value: object = {};
  for (let level = 0; level < levels; level++) value = { value };
  return value;
}

const thrower = {
  get secret(): never {
    throw new Error('getter');
  },
};
const trap = () => {
  throw new Error('trap');
};
const hostileProxy = new Proxy({}, { get: trap, ownKeys: trap, has: trap, getPrototypeOf: trap });
const deepest = deep(100_000);

/** Values that no API expects, and some that it does. */
const hostile: readonly unknown[] = [
  undefined,
  null,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  0,
  2 ** 53,
  10n ** 40n,
  true,
  '',
  'text',
  '\ud800',
  'a\r\nb: c',
  'é',
  Symbol('s'),
  () => trap(),
  [],
  [null],
  [Number.NaN, Number.NaN],
  [1, 'two', null],
  {},
  { context: null },
  { links: [null], attributes: null },
  { code: 'x' },
  { kind: 'server', startTime: Number.NaN, root: 1 },
  new Date(Number.NaN),
  new Map([[1, 2]]),
  Object.create(null),
  thrower,
  { attributes: thrower },
  { body: thrower },
  { body: circular() },
  { body: deepest },
  { body: 1n, attributes: { big: 1n } },
  hostileProxy,
  { attributes: hostileProxy },
  { attributes: { p: hostileProxy }, links: [{ context: hostileProxy }] },
  circular(),
  deepest,
  new Error('plain'),
  Object.assign(new Error(), { code: Symbol('c'), name: null }),
  new Uint8Array(3),
];

/** One call with hostile arguments of any method of the API. */
function call(any: () => never, draw: () => number, span: Span): void {
  const tracer = trace.getTracer('app');
  const logger = logs.getLogger('app');
  const meter = metrics.getMeter('app');
  const calls: (() => unknown)[] = [
    () => tracer.startSpan(any(), any(), any()).end(),
    () => tracer.startActiveSpan(any(), any(), (active) => active.end()),
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
      }),
    () => logger.enabled(any()),
    () => meter.createCounter('app.jobs', any()).add(any(), any()),
    () => meter.createHistogram(any()).record(any(), any()),
    () => trace.getTracer(any(), any()),
    () => logs.getLogger(any(), any(), any()),
    () => metrics.getMeter(any(), any(), any()),
  ];
  calls[Math.floor(draw() * calls.length)]?.();
}

it('20,000 calls of every API method with hostile arguments: 0 throws, the good neighbours delivered', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await using observed = await observe();
  const { collector, telemetry } = observed;
  const draw = random(8);
  const any = () => hostile[Math.floor(draw() * hostile.length)] as never;
  for (let round = 0; round < 100; round++) {
    const span = trace.getTracer('app').startSpan('attacked');
    for (let n = 0; n < 200; n++) call(any, draw, span);
    span.updateName('attacked');
    span.end(any());
    logs.getLogger('app').emit({ body: 'fine' });
    await telemetry.forceFlush();
  }
  vi.restoreAllMocks();
  expect(collector.store.spans().filter(({ name }) => name === 'attacked')).toHaveLength(100);
  expect(collector.store.logs().filter(({ body }) => body === 'fine')).toHaveLength(100);
  expect(telemetry.stats().traces.queued).toBe(0);
}, 120_000);

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

it.each([
  ['a line break', 'a\r\nx-injected: 1'],
  ['letters beyond latin1', 'ключ'],
  ['a lone surrogate', '\ud800'],
])('baggage with %s never breaks the request of the application', async (_, text) => {
  await using observed = await observe();
  await using upstream = await serve((request, response) =>
    response.end(request.headers['x-injected']),
  );
  expect(observed.telemetry.enabled).toBe(true);
  const baggage = propagation.createBaggage({
    key: {
      value: text,
      metadata: baggageEntryMetadataFromString(text),
    },
  });
  const answer = await context.with(propagation.setBaggage(ROOT_CONTEXT, baggage), () =>
    fetch(upstream.url),
  );
  expect(await answer.text()).toBe('');
});

it('a span processor of the application that throws: 0 throws, 0 spans lost', async () => {
  const bad = { onStart: trap, onEnd: trap, forceFlush: trap, shutdown: trap };
  await using observed = await observe({ spanProcessors: [bad] });
  trace.getTracer('app').startSpan('work').end();
  await observed.telemetry.forceFlush();
  expect(observed.collector.store.spans().map(({ name }) => name)).toEqual(['work']);
});
