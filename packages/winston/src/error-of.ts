const SPLAT = Symbol.for('splat');

/** The error that a line is about: `logger.error(error)`, `logger.error('text', error)` or a field of the line. */
export function errorOf(info: object): Error | undefined {
  try {
    return statedError(info) ?? errorAmongFields(info);
  } catch {
    return undefined; // what cannot be looked at is no error of ours
  }
}

function statedError(info: object): Error | undefined {
  if (info instanceof Error) return info;
  const { message, [SPLAT]: splat } = info as { message?: unknown; [SPLAT]?: unknown };
  if (message instanceof Error) return message;
  return Array.isArray(splat) ? splat.find((part) => part instanceof Error) : undefined;
}

function errorAmongFields(info: object): Error | undefined {
  for (const key of Object.keys(info)) {
    try {
      const value: unknown = (info as Record<string, unknown>)[key];
      if (value instanceof Error) return value;
    } catch {
      // a getter that throws holds no error of ours
    }
  }
  return undefined;
}
