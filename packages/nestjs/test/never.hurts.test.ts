import 'reflect-metadata';
import { isPromise } from 'node:util/types';
import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { init } from '@org/otel-core';
import { startCollector } from '@org/otel-testing/collector';
import { expect, test, vi } from 'vitest';
import { hostile, hostileArguments, random } from '../../core/test/hostile.ts';
import {
  ActiveSpan,
  BaggageValue,
  Counter,
  enhancerSpans,
  Histogram,
  OtelModule,
  Span,
  Traceable,
  TraceId,
  TraceService,
} from '../src/index.ts';

const CALLS = process.env['OTEL_TEST_FULL'] === '1' ? 100_000 : 5000;

type Work = (value: unknown) => unknown;

class Shop {
  give(value: unknown) {
    return value;
  }

  async giveLater(value: unknown) {
    return [value];
  }

  fail(value: unknown) {
    throw value;
  }

  async failLater(value: unknown) {
    throw value;
  }
}

/** The methods under every decorator that can stand over one. */
function decorated(): Shop {
  for (const name of ['give', 'giveLater', 'fail', 'failLater'] as const) {
    for (const decorate of [Span(), Counter(`shop.${name}`), Histogram(`shop.${name}.duration`)]) {
      const descriptor = Object.getOwnPropertyDescriptor(Shop.prototype, name) as object;
      const changed = decorate(Shop.prototype, name, descriptor) ?? descriptor;
      Object.defineProperty(Shop.prototype, name, changed);
    }
  }
  return new Shop();
}

/** What comes of the call: the value it gives, or the one it throws or rejects with. */
async function outcomeOf(work: Work, value: unknown): Promise<{ is: unknown }> {
  try {
    const given = work(value);
    return isPromise(given) ? await given.then((is) => ({ is })) : { is: given };
  } catch (is) {
    return { is };
  }
}

test('what decorated methods and withSpan() give, throw and reject with goes through unchanged, whatever it is', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await using collector = await startCollector();
  await using telemetry = init({ exporter: { otlpHttp: { endpoint: collector.url } } });
  const [shop, service] = [decorated(), new TraceService()];
  const under = (work: Work) => (value: unknown) => service.withSpan('under', () => work(value));
  const whole: Work[] = [shop.give, shop.fail, shop.failLater];
  for (const value of hostile) {
    for (const work of [...whole, ...whole.map(under)]) {
      expect((await outcomeOf(work, value)).is === value || Number.isNaN(value)).toBe(true);
    }
    expect(((await outcomeOf(shop.giveLater, value)).is as [unknown])[0]).toSatisfy(
      (given) => given === value || Number.isNaN(value),
    );
  }
  trace.getTracer('app').startSpan('fine').end();
  await telemetry.forceFlush();
  vi.restoreAllMocks();
  const names = collector.store.spans().map(({ name }) => name);
  expect(names).toContain('fine');
  expect(names.filter((name) => name === 'Shop.failLater')).toHaveLength(2 * hostile.length);
});

/** One method under a decorator. */
function under(decorate: MethodDecorator, method: Work = (value) => value): Work {
  const descriptor = { value: method, writable: true, configurable: true };
  decorate(Shop.prototype, 'work', descriptor as never);
  return descriptor.value;
}

/** What Nest calls, as `enhancerSpans()` has left it. */
function enhanced() {
  const give = (...given: unknown[]) => given[0];
  const instance = { canActivate: give, intercept: give, transform: give, use: give };
  enhancerSpans().instanceDecorator(instance);
  return instance;
}

test(`${CALLS} calls with hostile arguments of every function and under every decorator: 0 throws, the good neighbours delivered`, async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await using collector = await startCollector();
  await using telemetry = init({ exporter: { otlpHttp: { endpoint: collector.url } } });
  const any = hostileArguments(40);
  const draw = random(41);
  const service = new TraceService();
  const told = under(Span({ attributes: () => any() }));
  const broken = under(
    Span({
      attributes() {
        throw any();
      },
    }),
  );
  const late = under(Span({ attributes: (async () => Promise.reject(any())) as never }));
  const metrics = hostile.slice(0, 20).map((attributes, n) => {
    const options = { attributes, description: any(), unit: any() } as never;
    const fails = (value: unknown) => {
      throw value;
    };
    return [
      under(n % 2 ? Counter(`shop.${n}`, options) : Histogram(`shop.${n}`, options)),
      under(n % 2 ? Counter(`shop.${n}`, options) : Histogram(`shop.${n}`, options), fails),
    ] as const;
  });
  const nest = enhanced();
  const { instanceDecorator } = enhancerSpans();
  const execution = { getHandler: any, getClass: any, getType: any, switchToHttp: any };
  const calls: ((given: unknown) => unknown)[] = [
    (given) => service.withSpan(any(), () => given, any()),
    (given) => service.withSpan('work', () => given, any()),
    (given) => told(given),
    (given) => broken(given),
    (given) => late(given),
    (given) => metrics[Math.floor(draw() * metrics.length)]?.[0](given),
    (given) => instanceDecorator(given),
    (given) => nest.canActivate(given, any()),
    (given) => nest.intercept(given, any()),
    (given) => nest.transform(given, any()),
    (given) => nest.use(given, any(), any()),
    (given) => nest.canActivate(execution, given) === execution && given,
    (given) => nest.intercept(execution, { handle: () => given }) === execution && given,
    (given) => nest.transform(given, { type: any() }),
    (given) => service.getSpan() && service.traceFields() && given,
  ];
  for (let n = 0; n < CALLS; n++) {
    const given = any() as unknown;
    const call = calls[n % calls.length] as Work;
    const got = service.withSpan('work', () => call(given));
    expect(got === given || isWrapped(got) || Number.isNaN(given), String(n)).toBe(true);
    const failing = metrics[n % metrics.length]?.[1] as Work;
    if (n % 50 === 0) expect((await outcomeOf(failing, given)).is).toBe(given);
    if (n % 500 === 0) await telemetry.forceFlush();
  }
  trace.getTracer('app').startSpan('fine').end();
  await telemetry.forceFlush();
  vi.restoreAllMocks();
  expect(collector.store.spans().filter(({ name }) => name === 'fine')).toHaveLength(1);
}, 600_000);

/** A promise, thenable or generator comes back as one that ends the span. */
function isWrapped(value: unknown): boolean {
  return isPromise(value);
}

/** Ours, or the value's own. */
const problem =
  /^(TypeError: (@(Span|Counter|Histogram|Traceable)\(|enhancerSpans\(|OtelModule: )|Error: (trap|getter)$)/;

const decorators: [string, (value: never) => MethodDecorator][] = [
  ['@Span(value)', (value) => Span(value)],
  ['@Span({ name })', (name) => Span({ name })],
  ['@Span({ kind })', (kind) => Span({ kind })],
  ['@Span({ attributes })', (attributes) => Span({ attributes })],
  ['@Counter(name)', (name) => Counter(name)],
  ['@Counter(name, options)', (options) => Counter('shop.jobs', options)],
  ['@Histogram(name)', (name) => Histogram(name)],
  ['@Histogram(name, options)', (options) => Histogram('shop.wait', options)],
];

const calls: [string, (value: never) => unknown][] = [
  ...decorators.map(([name, decorate]): [string, (value: never) => unknown] => [
    name,
    (value) => under(decorate(value))(1),
  ]),
  ['@Traceable(options)', (value: never) => Traceable(value)(class Shop {})],
  ['@Traceable({ exclude })', (exclude: never) => Traceable({ exclude })(class Shop {})],
  [
    '@Traceable({ kind })',
    (kind: never) =>
      Traceable({ kind })(
        class Shop {
          work() {}
        },
      ),
  ],
  ['enhancerSpans(options)', (value: never) => enhancerSpans(value)],
  ['enhancerSpans({ guards })', (guards: never) => enhancerSpans({ guards })],
  ['OtelModule.forRoot(options)', (value: never) => OtelModule.forRoot(value)],
  ['OtelModule.forRoot({ logger })', (logger: never) => OtelModule.forRoot({ logger })],
  [
    'OtelModule.forRoot({ flushTimeout })',
    (flushTimeout: never) => OtelModule.forRoot({ flushTimeout }),
  ],
  [
    'OtelModule.forRoot({ controllerSpans })',
    (controllerSpans: never) => OtelModule.forRoot({ controllerSpans }),
  ],
  ['@ActiveSpan() and its sisters', (value: never) => parameters(value)],
];

test.each(calls)(
  '%s with a hostile value: taken, or refused with its name',
  async (_name, call) => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    for (const value of hostile) {
      try {
        call(value as never);
      } catch (error) {
        expect(`${error}`).toMatch(problem);
      }
    }
    await init().shutdown();
    vi.restoreAllMocks();
  },
);

function parameters(value: never): void {
  class Controller {
    work() {}
  }
  for (const decorate of [ActiveSpan(), TraceId(), BaggageValue(value)]) {
    decorate(Controller.prototype, 'work', 0);
  }
  const entry = { value: 'a', metadata: value };
  const baggage = propagation.createBaggage({ tenant: entry });
  context.with(propagation.setBaggage(ROOT_CONTEXT, baggage), () => new TraceService().getSpan());
}
