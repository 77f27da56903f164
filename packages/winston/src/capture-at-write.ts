import type winston from 'winston';
import { captured } from './captured.ts';
import type { LevelGate } from './level-gate.ts';

const LEVEL = Symbol.for('level');

type Write = (info: unknown, encoding?: unknown, done?: unknown) => boolean;

/**
 * Gives this one logger a `write` of its own, the way winston's `child()` does. Every line goes through it inside the
 * log call: from level methods, children, `profile()`, timers, exception handlers and other streams. A line that no
 * transport would take ends here, before any format runs.
 */
export function captureAtWrite(logger: winston.Logger, isTaken: LevelGate): winston.Logger {
  const write = logger.write as Write;
  const value: Write = function writeCaptured(info, encoding, done) {
    if (typeof info !== 'object' || info === null) return write.call(logger, info, encoding, done);
    if (!encoding && !done && isOff(logger, info, isTaken)) return true;
    return write.call(logger, captured(info), encoding, done);
  };
  return Object.defineProperty(logger, 'write', { value, configurable: true, writable: true });
}

function isOff(logger: winston.Logger, info: object, isTaken: LevelGate): boolean {
  const { level, [LEVEL]: original } = info as { level?: string; [LEVEL]?: string };
  const wanted = original ?? level;
  return wanted === undefined ? logger.silent : !isTaken(wanted); // winston has something to say about none
}
