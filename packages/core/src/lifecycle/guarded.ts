import { reasonText } from './harmless.ts';
import { warn } from './warnings.ts';

/**
 * The function, with what it throws, or what the promise it returns rejects with, said on stderr instead of raised:
 * telemetry is never the application's failure.
 */
export function guarded<A extends unknown[]>(
  where: string,
  work: (...args: A) => unknown,
): (...args: A) => void {
  const tell = teller(where);
  return function safely(...args) {
    try {
      const result = work(...args);
      if (result instanceof Promise) result.catch(tell);
    } catch (error) {
      tell(error);
    }
  };
}

/** As `guarded()`, for what is called many times for each request: with one argument, and done when it returns. */
export function guardedListener<T>(
  where: string,
  work: (message: T) => void,
): (message: T) => void {
  const tell = teller(where);
  return function safely(message) {
    try {
      work(message);
    } catch (error) {
      tell(error);
    }
  };
}

function teller(where: string): (error: unknown) => void {
  return function tell(error) {
    warn(
      `failure in ${where}`,
      `telemetry failed in ${where} and leaves this out: ${reasonText(error)}`,
    );
  };
}
