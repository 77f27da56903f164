import type winston from 'winston';
import { captured } from './captured.ts';
import { isLevelOff } from './is-level-off.ts';

type Write = (info: unknown, ...rest: unknown[]) => boolean;

/**
 * Gives this one logger a `write` of its own, the way winston's `child()` does. Every line goes through it inside the
 * log call: from level methods, children, `profile()`, timers, exception handlers and other streams. A line that no
 * transport would take ends here, before any format runs.
 */
export function captureAtWrite(logger: winston.Logger): winston.Logger {
  const write = logger.write as Write;
  const value: Write = function writeCaptured(info, ...rest) {
    if (typeof info !== 'object' || info === null) return write.call(logger, info, ...rest);
    if (rest.length === 0 && isLevelOff(logger, info)) return true;
    return write.call(logger, captured(info), ...rest);
  };
  return Object.defineProperty(logger, 'write', { value, configurable: true, writable: true });
}
