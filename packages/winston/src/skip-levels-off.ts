import type winston from 'winston';
import type { LevelGate } from './level-gate.ts';

type Method = (...call: unknown[]) => unknown;

/**
 * Gives this one logger level methods, and a `log`, that end at once when no transport takes the level: winston's own make
 * the line first, with its metadata. Children inherit them. Allocates nothing then.
 */
export function skipLevelsOff(logger: winston.Logger, isTaken: LevelGate): winston.Logger {
  for (const level of Object.keys(logger.levels)) {
    const method: unknown = Reflect.get(logger, level);
    if (level === 'log' || typeof method !== 'function') continue;
    put(logger, level, function unlessOff(this: unknown, ...call) {
      return isTaken(level) ? method.apply(this, call) : (this ?? logger);
    });
  }
  const log = logger.log as Method;
  put(logger, 'log', function logUnlessOff(this: unknown, ...call) {
    const level = call[0];
    if (typeof level === 'string' && !isTaken(level)) return this ?? logger;
    return log.apply(this, call);
  });
  return logger;
}

function put(logger: winston.Logger, name: string, value: Method): void {
  Object.defineProperty(logger, name, { value, configurable: true, writable: true });
}
