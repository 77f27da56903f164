import type winston from 'winston';
import { shown } from './check-options.ts';

const SPLAT = Symbol.for('splat');

/**
 * What Nest calls a LoggerService, by its shape alone: this package does not depend on Nest.
 *
 * @example
 * ```ts
 * const nest: NestLogger = nestLogger(createLogger({ transports: [new winston.transports.Console()] }));
 * nest.warn('stock is low', 'StockService');
 * ```
 */
export interface NestLogger {
  log(message: unknown, ...rest: unknown[]): void;
  error(message: unknown, ...rest: unknown[]): void;
  warn(message: unknown, ...rest: unknown[]): void;
  debug(message: unknown, ...rest: unknown[]): void;
  verbose(message: unknown, ...rest: unknown[]): void;
  fatal(message: unknown, ...rest: unknown[]): void;
}

/** The winston level of each of Nest's, by preference: the first one that the logger has. */
const LEVELS = {
  fatal: ['fatal', 'emerg', 'crit', 'error'],
  error: ['error'],
  warn: ['warn', 'warning'],
  log: ['info', 'log'],
  debug: ['debug'],
  verbose: ['verbose', 'debug'],
} as const;

/**
 * A winston logger as Nest's own: `NestFactory.create(AppModule, { logger: nestLogger(logger) })`. Every line of
 * `new Logger('Cats')`, and Nest's own from its first bootstrap line on, becomes one winston line with level,
 * `context` and the ids that the logger stamps; the stack of `error()` is its field `stack`, an object's fields are
 * the line's. Which levels are shown is the winston logger's to say.
 *
 * @throws TypeError when it is given no winston logger, at once.
 * @example
 * ```ts
 * const logger = createLogger({ transports: [new winston.transports.Console()] });
 * nestLogger(logger).log('started', 'Bootstrap'); // {"context":"Bootstrap","level":"info","message":"started"}
 * ```
 */
export function nestLogger(logger: winston.Logger): NestLogger {
  if (typeof logger?.log !== 'function' || typeof logger.levels !== 'object') {
    throw new TypeError(`nestLogger(logger): expected a winston logger, got ${shown(logger)}`);
  }
  const at = (name: keyof typeof LEVELS) => {
    const level = LEVELS[name].find((each) => each in logger.levels) ?? 'info';
    return function logAsNest(message: unknown, ...rest: unknown[]) {
      const { messages, fields } = readCall(name, [message, ...rest]);
      for (const each of messages) logger.log({ ...lineOf(each), ...fields, level });
    };
  };
  return {
    log: at('log'),
    error: at('error'),
    warn: at('warn'),
    debug: at('debug'),
    verbose: at('verbose'),
    fatal: at('fatal'),
  };
}

interface ErrorLine {
  message: string;
  stack: string | undefined;
}

interface Call {
  readonly messages: readonly unknown[];
  readonly fields: { readonly context?: string; readonly stack?: string };
}

/** Nest's own reading of a call: messages, then for `error()` a stack, then the context, which `Logger` appends. */
function readCall(name: string, call: readonly unknown[]): Call {
  const messages = [...call];
  const fields: { context?: string; stack?: string } = {};
  const hasMore = () => messages.length > 1;
  if (hasMore() && messages.at(-1) === undefined) messages.pop(); // a Logger without a context
  if (hasMore() && typeof messages.at(-1) === 'string' && !isStack(messages.at(-1))) {
    fields.context = messages.pop() as string;
  }
  if (name !== 'error' && name !== 'fatal') return { messages, fields };
  if (hasMore() && messages.at(-1) === undefined) messages.pop(); // error(message, undefined, context)
  if (hasMore() && isStack(messages.at(-1))) fields.stack = messages.pop() as string;
  return { messages, fields };
}

function isStack(value: unknown): boolean {
  return typeof value === 'string' && /\n {4}at [^\n]{1,2000}:\d{1,9}:\d{1,9}/.test(value);
}

/** A message as winston takes it: its text, or an object whose fields are the line's. */
function lineOf(message: unknown): { message: string } {
  try {
    return readLine(message);
  } catch {
    return { message: '[threw]' };
  }
}

function readLine(message: unknown): { message: string } {
  if (message instanceof Error) {
    // where winston keeps it for formats and transports; as a field JSON would show {}
    return { message: message.message, stack: message.stack, [SPLAT]: [message] } as ErrorLine;
  }
  if (typeof message !== 'object' || message === null) return { message: textOf(message) };
  return 'message' in message && typeof message.message === 'string'
    ? (message as { message: string })
    : { message: message as unknown as string };
}

function textOf(message: unknown): string {
  // Nest takes a function that makes the message
  return typeof message === 'function' ? textOf(message()) : String(message);
}
