import { type Attributes, context, diag, SpanKind } from '@opentelemetry/api';
import { shown } from './check.options.ts';
import { dressAs } from './dress.as.ts';
import { SpanWork } from './span.work.ts';
import { traceCall } from './trace.call.ts';
import { isGeneratorFunction, traceGenerator } from './trace.generator.ts';

/**
 * What `@Span()` takes in place of a name. Every option may be left out.
 *
 * @example
 * ```ts
 * const options: SpanDecoratorOptions = { name: 'charge card', kind: SpanKind.CLIENT };
 * ```
 */
export interface SpanDecoratorOptions {
  /** Name of the span. Default: `ClassName.method`. */
  name?: string;
  /** Kind of the span. Default: `SpanKind.INTERNAL`. */
  kind?: SpanKind;
  /**
   * Attributes, or a function of the method's arguments that is asked only if the span records.
   * Default: none. An error thrown by the function is logged through `diag` and goes no further.
   */
  // biome-ignore lint/suspicious/noExplicitAny: the arguments are those of any method.
  attributes?: Attributes | ((...args: any[]) => Attributes);
}

/** Methods that are under a span already: `@Traceable()` gives them no second one. */
export const spanned = new WeakSet<object>();

type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Puts a method under a span of its own, active inside it and everything it calls.
 *
 * The span ends when the work ends: at the return of a sync method, when a promise or thenable
 * settles, when an Observable completes, fails or is unsubscribed, when a generator is done. An
 * error is written once, where it surfaces first, and sets status ERROR, unless it is an
 * HttpException below 500. Name, length and all metadata of the method are kept, so it goes above
 * or below Nest's own decorators.
 *
 * @param nameOrOptions - Default: a span named `ClassName.method`, kind internal, no attributes.
 * @throws TypeError when an option has the wrong type or the member is not a method, at decoration.
 * @example
 * ```ts
 * class Cards {
 *   @Span({ attributes: (amount: number) => ({ 'app.amount': amount }) })
 *   async charge(amount: number) {
 *     return amount;
 *   }
 * }
 * ```
 */
export function Span(nameOrOptions: string | SpanDecoratorOptions = {}): MethodDecorator {
  const options = readOptions(nameOrOptions);
  return function decorateWithSpan(target, key, descriptor) {
    const original: unknown = descriptor?.value;
    if (typeof original !== 'function') {
      throw new TypeError(`@Span(): expected a method, but ${String(key)} is none`);
    }
    const name = options.name ?? `${classNameOf(target)}.${String(key)}`;
    const traced = traceMethod(original as Method, name, options);
    const value: unknown = dressAs(traced, original as Method);
    spanned.add(traced);
    Object.assign(descriptor, { value });
  };
}

function readOptions(given: string | SpanDecoratorOptions): SpanDecoratorOptions {
  const options = typeof given === 'string' ? { name: given } : given;
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`@Span(): expected a name or an object of options, got ${typeof given}`);
  }
  const { name, kind, attributes } = options;
  if (name !== undefined && (typeof name !== 'string' || name === '')) {
    throw new TypeError('@Span({ name }): expected a string that is not empty');
  }
  if (kind !== undefined && (typeof kind !== 'number' || SpanKind[kind] === undefined)) {
    throw new TypeError(`@Span({ kind }): expected a SpanKind, got ${shown(kind)}`);
  }
  if (!['undefined', 'function', 'object'].includes(typeof attributes)) {
    throw new TypeError('@Span({ attributes }): expected an object or a function of the arguments');
  }
  return options;
}

function classNameOf(target: object): string {
  return typeof target === 'function' ? target.name : target.constructor.name;
}

function traceMethod(original: Method, name: string, options: SpanDecoratorOptions): Method {
  if (isGeneratorFunction(original)) {
    return function traced(...args) {
      const parent = context.active();
      const generator = original.apply(this, args) as object;
      return traceGenerator(generator, () => startWork(name, options, args, parent));
    };
  }
  return function traced(...args) {
    const work = startWork(name, options, args);
    return work ? traceCall(work, () => original.apply(this, args)) : original.apply(this, args);
  };
}

function startWork(
  name: string,
  options: SpanDecoratorOptions,
  args: unknown[],
  parent = context.active(),
): SpanWork | undefined {
  const work = SpanWork.start(name, { kind: options.kind ?? SpanKind.INTERNAL }, parent);
  if (work && options.attributes) work.span.setAttributes(attributesOf(name, options, args));
  return work;
}

function attributesOf(name: string, options: SpanDecoratorOptions, args: unknown[]): Attributes {
  const { attributes } = options;
  if (typeof attributes !== 'function') return attributes ?? {};
  const sayFailure = (error: unknown) =>
    diag.error(`@org/otel-nestjs: the attributes of @Span() ${name} threw; none are set`, error);
  try {
    const given: unknown = attributes(...args);
    if (given instanceof Promise) given.catch(sayFailure); // too late for the span, but no end of the process
    return given as Attributes;
  } catch (error) {
    sayFailure(error);
    return {};
  }
}
