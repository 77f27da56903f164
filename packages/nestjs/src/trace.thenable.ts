import type { Work } from './work.ts';

type Settled = ((value: unknown) => unknown) | null | undefined;
type AnyFunction = (...args: unknown[]) => unknown;

/** A promise that settles as `promise` does and ends the span when it does. */
export function tracePromise<T>(promise: Promise<T>, work: Work): Promise<T> {
  return promise.then(
    (value) => {
      work.end();
      return value;
    },
    (error) => {
      work.fail(error);
      throw error;
    },
  );
}

/**
 * The same thenable, seen through a proxy that ends the span when it settles. `then` is not called
 * here: of a query builder, that would run the query; and its other methods stay reachable.
 */
export function traceThenable<T extends object>(thenable: T, work: Work): T {
  const seen: T = new Proxy(thenable, {
    get(target, key) {
      // Called on the target itself: private fields do not reach through a proxy.
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function' || key === 'constructor') return value;
      if (key === 'then') return settleWith(target, value as AnyFunction, work);
      return function forward(...args: unknown[]) {
        const result: unknown = Reflect.apply(value, target, args);
        return result === target ? seen : result;
      };
    },
  });
  return seen;
}

function settleWith(target: object, then: AnyFunction, work: Work): AnyFunction {
  return function tracedThen(onValue, onError) {
    const fulfilled = (value: unknown) => {
      work.end();
      return typeof onValue === 'function' ? (onValue as NonNullable<Settled>)(value) : value;
    };
    const rejected = (error: unknown) => {
      work.fail(error);
      if (typeof onError === 'function') return (onError as NonNullable<Settled>)(error);
      throw error;
    };
    return work.run(() => Reflect.apply(then, target, [fulfilled, rejected]));
  };
}
