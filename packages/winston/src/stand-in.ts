/**
 * An object of a line's own in the place of an error that is logged as the line itself. What is written on it does not
 * follow the error into its next line, in another request perhaps; to `format.errors()` it is still an Error.
 */
export function standInFor<T extends Error>(error: T): T {
  return Object.assign(Object.create(error) as T, error);
}
