import type { Attributes, Exception } from '@opentelemetry/api';

/** What an exception event says (semantic conventions, `exception.*`); undefined where there is nothing to say. */
export function exceptionAttributes(exception: Exception): Attributes | undefined {
  if (typeof exception === 'string')
    return exception ? { 'exception.message': exception } : undefined;
  if (!exception) return undefined;
  const { code, name, message, stack } = exception;
  const type = code ? String(code) : name;
  if (!type && !message) return undefined;
  return {
    ...(type ? { 'exception.type': type } : {}),
    ...(message ? { 'exception.message': message } : {}),
    ...(stack ? { 'exception.stacktrace': stack } : {}),
  };
}
