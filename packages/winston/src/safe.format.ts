import type winston from 'winston';
import { logAttributes } from './log-attributes.ts';
import { stampOf } from './stamped.ts';

const MESSAGE = Symbol.for('message');

type Format = winston.Logform.Format;
type Info = winston.Logform.TransformableInfo;

/**
 * A format that cannot lose a line: where the inner one throws (a getter of the metadata, a `printf` that reads a field
 * that is not there), the line is written as JSON of what can be read, with the reason in `formatError`.
 */
export function safeFormat(inner: Format): Format {
  return {
    ...inner,
    transform(info, options) {
      try {
        return inner.transform(info, options);
      } catch (reason) {
        return readablePart(info, reason);
      }
    },
  };
}

function readablePart(info: Info, reason: unknown): Info {
  const { attributes } = logAttributes(info);
  for (const key of stampOf(info)?.fields ?? []) attributes[key] = info[key] as string;
  const { level } = info;
  const message = logText(info.message);
  const formatError = reason instanceof Error ? reason.message : 'not an Error';
  info[MESSAGE] = JSON.stringify({ level, message, ...attributes, formatError });
  return info;
}

function logText(message: unknown): string {
  try {
    return String(message);
  } catch {
    return '[threw]';
  }
}
