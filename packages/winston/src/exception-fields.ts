/** How many causes of a cause are followed. */
const MAX_CAUSES = 8;

/** An error in the words of the semantic conventions. */
export type ExceptionFields = Record<`exception.${string}`, string | number>;

/**
 * Message, type, stack and code of an error as `exception.*`; the stacks of its causes follow its own, behind
 * `Caused by:`. Never throws, whatever the error's getters do.
 */
export function exceptionFields(error: Error): ExceptionFields {
  const code = read(error, 'code');
  return {
    'exception.type': typeOf(error),
    'exception.message': text(read(error, 'message')),
    'exception.stacktrace': stacksOf(error),
    ...((typeof code === 'string' || typeof code === 'number') && { 'exception.code': code }),
  };
}

function typeOf(error: Error): string {
  const constructed = read(read(error, 'constructor'), 'name');
  const name = read(error, 'name');
  return text(name === 'Error' ? constructed || name : name || constructed);
}

function stacksOf(error: Error): string {
  const stacks: string[] = [];
  const seen = new Set<unknown>();
  let next: unknown = error;
  while (next !== undefined && next !== null && !seen.has(next) && seen.size <= MAX_CAUSES) {
    seen.add(next);
    stacks.push(text(read(next, 'stack') ?? next));
    next = read(next, 'cause');
  }
  return stacks.join('\nCaused by: ');
}

function read(from: unknown, key: string): unknown {
  try {
    return (from as Record<string, unknown> | null | undefined)?.[key];
  } catch {
    return undefined;
  }
}

function text(value: unknown): string {
  try {
    return String(value ?? '');
  } catch {
    return '';
  }
}
