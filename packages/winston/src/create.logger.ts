import winston from 'winston';
import { type TraceFormatOptions, traceFormat } from './trace.format.ts';
import { traceMeta } from './trace.meta.ts';

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
}

/**
 * `winston.createLogger()` whose lines carry the ids of the span they were logged in, whatever the back-pressure and
 * also through child loggers. Takes winston's options; `format` (default `winston.format.json()`) sees the ids as
 * fields of the info. `logger.configure()` sets winston's own options anew: pass `traceMeta()` and `traceFormat()` there.
 *
 * @example
 * ```ts
 * const logger = createLogger({ transports: [new winston.transports.Console()] });
 * logger.info('paid'); // {"level":"info","message":"paid","spanID":"…","traceID":"…"}
 * ```
 */
export function createLogger(options: CreateLoggerOptions = {}): winston.Logger {
  const { trace, format, defaultMeta, ...rest } = options;
  return winston.createLogger({
    ...rest,
    defaultMeta: traceMeta(defaultMeta),
    format: winston.format.combine(traceFormat(trace), format ?? winston.format.json()),
  });
}
