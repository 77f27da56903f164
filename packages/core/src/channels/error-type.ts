/** `error.type` of something thrown: its class, which is of low cardinality, never its message. */
export function errorType(error: unknown): string {
  if (!(error instanceof Error)) return '_OTHER';
  return error.constructor.name === 'Error' ? codeOf(error) : error.constructor.name;
}

function codeOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : error.name;
}
