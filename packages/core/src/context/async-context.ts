import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { type Context, type ContextManager, ROOT_CONTEXT } from '@opentelemetry/api';
import { isContext } from './is-context.ts';

type Callback = (...args: unknown[]) => unknown;

/** The API's ContextManager on one AsyncLocalStorage, which the channels enter directly. */
export class AsyncContext implements ContextManager {
  readonly storage = new AsyncLocalStorage<Context>();

  active(): Context {
    return this.storage.getStore() ?? ROOT_CONTEXT;
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    context: Context,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    const bound = thisArg === undefined || thisArg === null ? fn : fn.bind(thisArg);
    const entered = isContext(context) ? context : ROOT_CONTEXT;
    return this.storage.run(entered, bound as F, ...args) as ReturnType<F>;
  }

  bind<T>(given: Context, target: T): T {
    const context = isContext(given) ? given : ROOT_CONTEXT;
    if (target instanceof EventEmitter) return this.#bindEmitter(context, target);
    return typeof target === 'function'
      ? (this.#bindFunction(context, target as unknown as Callback) as T)
      : target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    this.storage.disable();
    return this;
  }

  #bindFunction(context: Context, fn: Callback): Callback {
    const { storage } = this;
    const bound = function inContext(this: unknown, ...args: unknown[]) {
      return storage.run(context, () => fn.apply(this, args));
    };
    Object.defineProperty(bound, 'length', { value: fn.length, configurable: true });
    return bound;
  }

  /** Only an emitter the caller hands over: its listeners then run in the context. */
  #bindEmitter<T extends EventEmitter>(context: Context, emitter: T): T {
    const { storage } = this;
    const emit = emitter.emit;
    emitter.emit = function emitInContext(...args) {
      return storage.run(context, () => emit.apply(emitter, args));
    };
    return emitter;
  }
}
