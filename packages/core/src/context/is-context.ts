import type { Context } from '@opentelemetry/api';

/** Whether it can be asked as one; what throws when it is looked at is none. */
export function isContext(given: unknown): given is Context {
  try {
    return typeof (given as Context | null | undefined)?.getValue === 'function';
  } catch {
    return false;
  }
}
