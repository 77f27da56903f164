import { warn } from './warnings.ts';

/** The function, with what it throws said on stderr instead of raised: telemetry is never the application's failure. */
export function guarded<A extends unknown[]>(
  where: string,
  work: (...args: A) => void,
): (...args: A) => void {
  return function safely(...args) {
    try {
      work(...args);
    } catch (error) {
      warn(
        `failure in ${where}`,
        `telemetry failed in ${where} and leaves this out: ${String(error)}`,
      );
    }
  };
}
