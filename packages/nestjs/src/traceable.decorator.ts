import 'reflect-metadata';
import { checkOptions, shown } from './check.options.ts';
import { Span, type SpanDecoratorOptions, spanned } from './span.decorator.ts';

/**
 * What `@Traceable()` takes. Every option may be left out.
 *
 * @example
 * ```ts
 * const options: TraceableOptions = { exclude: ['isReady'] };
 * ```
 */
export interface TraceableOptions {
  /** Methods that get no span. Default: none. */
  exclude?: string[];
  /** Kind of the spans. Default: `SpanKind.INTERNAL`. */
  kind?: NonNullable<SpanDecoratorOptions['kind']>;
}

/** Nest calls these once, at start and at the end: no request is waiting for them. */
const lifecycle = [
  'constructor',
  'onModuleInit',
  'onModuleDestroy',
  'onApplicationBootstrap',
  'beforeApplicationShutdown',
  'onApplicationShutdown',
];

/**
 * Puts every method of a class under a span, as `@Span()` does for one: for the services whose steps
 * you want to see.
 *
 * Left alone are static and inherited methods, accessors, methods that have `@Span()`, Nest's
 * lifecycle hooks, and route handlers, which have their controller span.
 *
 * @param options - Default: `{}`.
 * @throws TypeError when an option has the wrong type or `exclude` names what is no method of the class, at decoration.
 * @example
 * ```ts
 * @Traceable()
 * class Prices {
 *   async of(item: string) {
 *     return item.length;
 *   }
 * }
 * ```
 */
export function Traceable(options: TraceableOptions = {}): ClassDecorator {
  checkOptions('@Traceable(options)', options);
  const { exclude = [], kind } = options;
  if (!Array.isArray(exclude)) {
    throw new TypeError('@Traceable({ exclude }): expected an array of names of methods');
  }
  return function decorateMethods({ name, prototype }) {
    for (const key of exclude) {
      if (typeof methodOf(prototype, key) === 'function') continue;
      throw new TypeError(`@Traceable({ exclude }): ${name} has no method ${shown(key)}`);
    }
    for (const key of Object.getOwnPropertyNames(prototype)) {
      if (!exclude.includes(key) && isWorth(prototype, key)) decorate(prototype, key, kind);
    }
  };
}

function isWorth(prototype: object, key: string): boolean {
  const method = methodOf(prototype, key);
  if (typeof method !== 'function' || lifecycle.includes(key) || spanned.has(method)) return false;
  return !Reflect.hasMetadata('path', method); // Nest's mark of a route handler
}

function methodOf(prototype: object, key: string): unknown {
  if (typeof key !== 'string') return undefined;
  return Object.getOwnPropertyDescriptor(prototype, key)?.value;
}

function decorate(prototype: object, key: string, kind: TraceableOptions['kind']): void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, key) as PropertyDescriptor;
  Span(kind === undefined ? {} : { kind })(prototype, key, descriptor);
  Object.defineProperty(prototype, key, descriptor);
}
