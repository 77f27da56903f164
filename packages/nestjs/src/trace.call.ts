import { isObservable } from 'rxjs';
import { isGenerator, traceGenerator } from './trace.generator.ts';
import { traceObservable } from './trace.observable.ts';
import { tracePromise, traceThenable } from './trace.thenable.ts';
import type { Work } from './work.ts';

/** Runs a function under a span, which ends when what the function returned has ended. */
export function traceCall<T>(work: Work, call: () => T): T {
  let result: T;
  try {
    result = work.run(call);
  } catch (error) {
    work.fail(error);
    throw error;
  }
  return work.isOver ? result : (traceResult(result, work) as T);
}

/** A result that cannot be looked at, such as a proxy that refuses, is the caller's as it is. */
function traceResult(result: unknown, work: Work): unknown {
  try {
    return followed(result, work);
  } catch {
    work.end();
    return result;
  }
}

function followed(result: unknown, work: Work): unknown {
  if (isObservable(result)) return traceObservable(result, work);
  if (isGenerator(result)) return traceGenerator(result, () => work);
  if (isThenable(result)) {
    const plain = result instanceof Promise && result.constructor === Promise;
    return plain ? tracePromise(result, work) : traceThenable(result, work);
  }
  work.end();
  return result;
}

function isThenable(value: unknown): value is PromiseLike<unknown> & object {
  const kind = typeof value;
  if (value === null || (kind !== 'object' && kind !== 'function')) return false;
  return typeof (value as { then?: unknown }).then === 'function';
}
