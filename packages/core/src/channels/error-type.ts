/** Classes that say too little: the code says more, such as ECONNREFUSED, or the name, such as TimeoutError. */
const plainClasses = new Set(['Error', 'AggregateError', 'DOMException']);

/**
 * `error.type` of something thrown, as the semantic conventions have it: the class of an error, or of a plain one its code
 * or else its name; `_OTHER` of everything that is no error. Never the message. For adapters that set it. Never throws.
 *
 * @example
 * ```ts
 * span.setAttribute('error.type', errorType(error));
 * ```
 */
export function errorType(error: unknown): string {
  try {
    if (!(error instanceof Error)) return '_OTHER';
    const { name } = error.constructor;
    return plainClasses.has(name) ? codeOf(error) : name;
  } catch {
    return '_OTHER'; // such as a proxy that refuses
  }
}

function codeOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : error.name;
}
