import winston from 'winston';
import { errorOf } from './error-of.ts';
import { exceptionFields } from './exception-fields.ts';

const MESSAGE = Symbol.for('message');

type Info = winston.Logform.TransformableInfo;

/**
 * A winston format that writes the error of a line as `exception.type`, `exception.message`, `exception.stacktrace`
 * (its causes too) and `exception.code`, whichever way it was logged: as the line itself, behind a text, or as a field.
 * Without it `format.json()` writes an error in a field as `{}`. It goes before the format that makes the text, in the
 * place of `format.errors()`. Never throws.
 *
 * @example
 * ```ts
 * const format = winston.format.combine(traceFormat(), errorFormat(), winston.format.json());
 * ```
 */
export function errorFormat(): winston.Logform.Format {
  return winston.format(function describeError(info) {
    if (typeof info !== 'object' || info === null) return info;
    try {
      const error = errorOf(info);
      return error ? describe(info, error) : info;
    } catch {
      return info;
    }
  })();
}

/** A copy: the info may be the error itself, which must not carry this line's fields into its next one. */
function describe(info: Info, error: Error): Info {
  const line = Object.assign({}, info);
  line.level = info.level; // of an error they are not its own
  line.message = info.message instanceof Error ? info.message.message : info.message;
  if (info instanceof Error) line[MESSAGE] = line.message;
  for (const key of Object.keys(line)) {
    if (key === 'stack' || key === 'cause' || line[key] === error) delete line[key];
  }
  return Object.assign(line, exceptionFields(error));
}
