/** `error.type` of something thrown: its class, which is of low cardinality. */
export function errorType(error: unknown): string {
  try {
    return error instanceof Error ? error.constructor.name : '_OTHER';
  } catch {
    return '_OTHER';
  }
}
