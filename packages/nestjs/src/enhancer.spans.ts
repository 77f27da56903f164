import { checkOptions } from './check.options.ts';
import { ControllerSpanInterceptor } from './controller.span.interceptor.ts';
import { dressAs } from './dress.as.ts';
import { type EnhancerKind, enhancerKinds } from './enhancer.kinds.ts';
import { spanned } from './span.decorator.ts';

/**
 * What `enhancerSpans()` takes: which of Nest's enhancers get spans.
 *
 * @example
 * ```ts
 * const options: EnhancerSpansOptions = { pipes: false };
 * ```
 */
export interface EnhancerSpansOptions {
  /** `AuthGuard.canActivate`. Default: `true`. */
  guards?: boolean;
  /** `CacheInterceptor.intercept`: what it does until it hands over to the handler. Default: `true`. */
  interceptors?: boolean;
  /** `ValidationPipe.transform`, one for each value. Default: `true`. */
  pipes?: boolean;
  /** `TenantMiddleware.use`: until it calls `next()`, or the response closes. Default: `true`. */
  middleware?: boolean;
}

/**
 * The `instrument` option of Nest's application, which is handed every instance that Nest makes.
 *
 * @example
 * ```ts
 * const instrument: EnhancerInstrument = enhancerSpans();
 * ```
 */
export interface EnhancerInstrument {
  /** Gives an instance back; a guard, interceptor, pipe or middleware with its one method under a span. */
  instanceDecorator(instance: unknown): unknown;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Puts guards, interceptors, pipes and middleware of a Nest application under spans of their own, through
 * the door that Nest 11.2 and 12 have for that. Without it there are no such spans, and nothing is done for them.
 *
 * Seen is what Nest makes (classes in decorators, `APP_GUARD` and the like, middleware of `configure()`) and what
 * `useGlobalGuards()` and its sisters are given; not what `@UseGuards(new Guard())` brings along, nor functions given
 * to `app.use()`. Nest 10 ignores the option: put `@Traceable()` on the class there.
 *
 * @param options - Default: all four.
 * @throws TypeError when an option is unknown or no boolean, at once.
 * @example
 * ```ts
 * const app = await NestFactory.create(AppModule, { instrument: enhancerSpans({ pipes: false }) });
 * ```
 */
export function enhancerSpans(options: EnhancerSpansOptions = {}): EnhancerInstrument {
  checkOptions('enhancerSpans(options)', options);
  check(options);
  const wanted = enhancerKinds.filter(({ option }) => options[option] ?? true);
  return {
    instanceDecorator(instance) {
      try {
        if (isTraceable(instance)) for (const kind of wanted) traceMethod(instance, kind);
      } catch {
        // what cannot be looked at stays as it is
      }
      return instance;
    },
  };
}

function check(options: EnhancerSpansOptions): void {
  for (const [name, value] of Object.entries(options)) {
    const known = enhancerKinds.some(({ option }) => option === name);
    if (known && (value === undefined || typeof value === 'boolean')) continue;
    const expected = known ? 'true or false' : 'guards, interceptors, pipes and middleware only';
    throw new TypeError(`enhancerSpans({ ${name} }): expected ${expected}`);
  }
}

function isTraceable(instance: unknown): instance is Record<string, unknown> {
  if (typeof instance !== 'object' || instance === null) return false;
  return !(instance instanceof ControllerSpanInterceptor);
}

/** On the instance that was handed over, as the door is meant; its class and what it is shared with stay as they are. */
function traceMethod(instance: Record<string, unknown>, kind: EnhancerKind): void {
  const { method } = kind;
  const original: unknown = instance[method];
  if (typeof original !== 'function' || spanned.has(original)) return;
  const name = `${nameOf(instance, method)}.${method}`;
  const traced: Method = function tracedEnhancer(this: unknown, ...args) {
    const call = (given: unknown[]) => Reflect.apply(original as Method, this, given);
    return isCall(kind, args) ? kind.trace(name, args, call) : call(args);
  };
  const value = dressAs(traced, original as Method);
  spanned.add(value);
  Reflect.defineProperty(instance, method, { value, writable: true, configurable: true });
}

/** Arguments that cannot be looked at are not Nest's. */
function isCall(kind: EnhancerKind, args: unknown[]): boolean {
  try {
    return kind.isCall(args);
  } catch {
    return false;
  }
}

/** Nest makes a class with a random name for a function that is a middleware, and gives it `use` as a field. */
function nameOf(instance: object, method: string): string {
  const isFunction = method === 'use' && Object.hasOwn(instance, 'use');
  return isFunction ? 'Middleware' : instance.constructor?.name || 'Middleware';
}
