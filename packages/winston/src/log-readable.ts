import type winston from 'winston';
import { logAttributes } from './log-attributes.ts';

type Log = (...call: unknown[]) => winston.Logger;

/**
 * Gives this one logger a `log` of its own, the way winston's `child()` gives a `write`: winston copies the metadata of
 * a call before any format sees it, so a getter that throws would throw into the app. What can be read is logged.
 */
export function logReadable(logger: winston.Logger): winston.Logger {
  const log = logger.log as Log;
  const value: Log = function logWhatIsReadable(this: winston.Logger, ...call) {
    try {
      return log.apply(this, call);
    } catch (reason) {
      const [level, message, metadata, ...others] = call;
      if (!refusesCopy(metadata)) throw reason; // a transport of the app has its own reasons
      return log.call(this, level, message, logAttributes(metadata).attributes, ...others);
    }
  };
  return Object.defineProperty(logger, 'log', { value, configurable: true, writable: true });
}

function refusesCopy(metadata: unknown): metadata is object {
  try {
    Object.assign({}, metadata);
    return false;
  } catch {
    return true;
  }
}
