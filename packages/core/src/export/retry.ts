// OTLP 1.10, Failures: only these may be retried, and every other 4xx and 5xx must not be.
const retryable = new Set([429, 502, 503, 504]);

/** Milliseconds before the first repetition, jitter apart. */
export const FIRST_WAIT = 1000;
const LONGEST_WAIT = 5000;
const GROWTH = 1.5;

/** Whether the receiver may be asked again after this status. */
export function isRetryable(status: number): boolean {
  return retryable.has(status);
}

/**
 * Milliseconds before the next attempt (0 is the first): what Retry-After asks for, in seconds or as
 * a date; else, and for 0, junk or a date gone by, an exponential back-off with jitter.
 */
export function retryDelay(
  attempt: number,
  retryAfter: string | undefined,
  now = Date.now(),
): number {
  const asked = askedDelay(retryAfter, now);
  if (asked > 0) return asked;
  const backOff = Math.min(LONGEST_WAIT, FIRST_WAIT * GROWTH ** attempt);
  return backOff * (0.8 + 0.4 * Math.random());
}

/** What Retry-After asks for in milliseconds; 0 and less mean nothing. */
export function askedDelay(retryAfter: string | undefined, now: number): number {
  if (retryAfter === undefined) return 0;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? 0 : date - now;
}
