import { type Attributes, metrics } from '@opentelemetry/api';
import { errorType } from '@org/otel-core';
import { checkOptions } from './check.options.ts';
import { dressAs } from './dress.as.ts';
import { traceCall } from './trace.call.ts';
import { isGeneratorFunction, traceGenerator } from './trace.generator.ts';
import { version } from './version.ts';
import type { Work } from './work.ts';

/**
 * What `@Counter()` and `@Histogram()` take after the name. Every option may be left out.
 *
 * @example
 * ```ts
 * const options: MetricDecoratorOptions = { description: 'Orders placed.', unit: '{order}' };
 * ```
 */
export interface MetricDecoratorOptions {
  /** What is measured, in a sentence. Default: none. */
  description?: string;
  /** Unit by UCUM. Default: `{call}` of a counter; a histogram's is always `s`. */
  unit?: string;
  /** Attributes of every measurement: few values each. Default: none. */
  attributes?: Attributes;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Writes one measurement: how long a call took, and how it ended. */
type Measure = (seconds: number, attributes: Attributes) => void;

/**
 * Counts the calls of a method, each when its work has ended: when a promise settles, when an
 * Observable or a generator is done. A call that failed has `error.type`.
 *
 * @param name - Name of the metric, such as `orders.placed`.
 * @param options - Default: `{}`.
 * @throws TypeError when the name is empty, the options are none or the member is not a method, at decoration.
 * @example
 * ```ts
 * class Orders {
 *   @Counter('orders.placed', { unit: '{order}' })
 *   async place() {}
 * }
 * ```
 */
export function Counter(name: string, options: MetricDecoratorOptions = {}): MethodDecorator {
  checkOptions('@Counter(name, options)', options);
  const { unit = '{call}', description = '' } = options;
  const instrument = perProvider(() => meter().createCounter(name, { unit, description }));
  return measured('Counter', name, options, (_seconds, attributes) => {
    instrument().add(1, attributes);
  });
}

/**
 * Measures how long the calls of a method take, in seconds, each until its work has ended. A call
 * that failed has `error.type`.
 *
 * @param name - Name of the metric, such as `orders.place.duration`.
 * @param options - Default: `{}`.
 * @throws TypeError when the name is empty, the options are none or the member is not a method, at decoration.
 * @example
 * ```ts
 * class Orders {
 *   @Histogram('orders.place.duration')
 *   async place() {}
 * }
 * ```
 */
export function Histogram(name: string, options: MetricDecoratorOptions = {}): MethodDecorator {
  checkOptions('@Histogram(name, options)', options);
  const { description = '' } = options;
  // The boundaries that the HTTP semantic conventions advise for durations in seconds.
  const explicitBucketBoundaries = [
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
  ];
  const advice = { explicitBucketBoundaries };
  const instrument = perProvider(() =>
    meter().createHistogram(name, { unit: 's', description, advice }),
  );
  return measured('Histogram', name, options, (seconds, attributes) => {
    instrument().record(seconds, attributes);
  });
}

function meter() {
  return metrics.getMeter('@org/otel-nestjs', version);
}

/** Methods are decorated while files are loaded, before `init()`: instruments made then would stay silent. */
function perProvider<T>(make: () => T): () => T {
  let provider: unknown;
  let made: T;
  return function current() {
    const now = metrics.getMeterProvider();
    if (provider !== now) {
      provider = now;
      made = make();
    }
    return made;
  };
}

function measured(
  decorator: string,
  name: string,
  { attributes = {} }: MetricDecoratorOptions,
  measure: Measure,
): MethodDecorator {
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(`@${decorator}(name): expected a string that is not empty`);
  }
  const own = { ...attributes };
  return function decorateWithMetric(_target, key, descriptor) {
    const original: unknown = descriptor?.value;
    if (typeof original !== 'function') {
      throw new TypeError(`@${decorator}(): expected a method, but ${String(key)} is none`);
    }
    const start = () => new MeasuredWork(measure, own);
    const value: unknown = dressAs(measureMethod(original as Method, start), original as Method);
    Object.assign(descriptor, { value });
  };
}

function measureMethod(original: Method, start: () => Work): Method {
  if (isGeneratorFunction(original)) {
    return function measuredGenerator(...args) {
      return traceGenerator(original.apply(this, args) as object, start);
    };
  }
  return function measuredCall(...args) {
    return traceCall(start(), () => original.apply(this, args));
  };
}

class MeasuredWork implements Work {
  readonly #measure: Measure;
  readonly #attributes: Attributes;
  readonly #start = performance.now();
  #ended = false;

  constructor(measure: Measure, attributes: Attributes) {
    this.#measure = measure;
    this.#attributes = attributes;
  }

  get isOver(): boolean {
    return this.#ended;
  }

  run<T>(work: () => T): T {
    return work();
  }

  fail(error: unknown): void {
    this.#finish({ ...this.#attributes, 'error.type': errorType(error) });
  }

  end(): void {
    this.#finish(this.#attributes);
  }

  #finish(attributes: Attributes): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#measure((performance.now() - this.#start) / 1000, attributes);
  }
}
