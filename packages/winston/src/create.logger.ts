import winston from 'winston';
import { captureAtWrite } from './capture-at-write.ts';
import { checkOptions } from './check-options.ts';
import { errorFormat } from './error.format.ts';
import { levelGate } from './level-gate.ts';
import { logReadable } from './log-readable.ts';
import { safeFormat } from './safe.format.ts';
import { skipLevelsOff } from './skip-levels-off.ts';
import { type TraceFormatOptions, traceFormat } from './trace.format.ts';

/**
 * winston's own options, and how lines are stamped.
 *
 * @example
 * ```ts
 * createLogger({ level: 'debug', trace: { fields: 'snake_case' } });
 * ```
 */
export interface CreateLoggerOptions extends winston.LoggerOptions {
  /** Names of the fields and which traces are stamped. Default `traceID` and `spanID`, on every line in a span. */
  readonly trace?: TraceFormatOptions;
  /** Write the error of a line as `exception.*` fields, with stack, causes and code. Default false: winston's own way. */
  readonly errors?: boolean;
}

/**
 * `winston.createLogger()` whose lines carry the ids of the span they were logged in, whatever the back-pressure, also
 * through child loggers, `profile()`, timers and exception handlers. Takes winston's options; `format` (default
 * `winston.format.json()`) sees the ids as fields of the info. A format that throws costs no line: it is written as
 * JSON of what can be read, with the reason in `formatError`. A line that no transport takes is not made at all.
 * `logger.configure()` sets winston's own options anew: pass `traceFormat()` there.
 *
 * @throws TypeError when the options are no object, at once.
 * @example
 * ```ts
 * const logger = createLogger({ transports: [new winston.transports.Console()] });
 * logger.info('paid'); // {"level":"info","message":"paid","spanID":"…","traceID":"…"}
 * ```
 */
export function createLogger(options: CreateLoggerOptions = {}): winston.Logger {
  checkOptions('createLogger(options)', options);
  const { trace, errors, format = winston.format.json(), ...rest } = options;
  const own = errors ? [traceFormat(trace), errorFormat()] : [traceFormat(trace)];
  const logger = winston.createLogger({
    ...rest,
    format: safeFormat(winston.format.combine(...own, format)),
  });
  const isTaken = levelGate(logger);
  return skipLevelsOff(logReadable(captureAtWrite(logger, isTaken)), isTaken);
}
