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
  function tell(error: unknown): void {
    warn(
      `failure in ${where}`,
      `telemetry failed in ${where} and leaves this out: ${reasonText(error)}`,
    );
  }
  return function safely(...args) {
    try {
      const result = work(...args);
      if (result instanceof Promise) result.catch(tell);
    } catch (error) {
      tell(error);
    }
  };
}
