import { Logger, type LoggerService, type Provider } from '@nestjs/common';
import { shown } from './check.options.ts';

/**
 * Token of the logger that `OtelModule` provides: the one it was given, else Nest's own.
 *
 * @example
 * ```ts
 * constructor(@Inject(OTEL_LOGGER) private readonly logger: LoggerService) {}
 * ```
 */
export const OTEL_LOGGER = 'OTEL_LOGGER';

/** Loggers that `forRoot()` made Nest's own already, before there was an application. */
const atOnce = new WeakSet<LoggerService>();

/** Makes a logger Nest's own at once, so that the first bootstrap line goes to it too. */
export function useLoggerAtOnce(logger: LoggerService | undefined): void {
  if (!logger) return;
  Logger.overrideLogger(logger);
  atOnce.add(logger);
}

/** Makes a logger Nest's own when its options are there; one that was given to `NestFactory` since then stays. */
function provideLogger(logger: LoggerService | undefined): LoggerService {
  if (!logger) return new Logger();
  if (!atOnce.has(logger)) Logger.overrideLogger(logger);
  return logger;
}

/** Throws a TypeError when Nest could not log with it; a winston logger looks right and is not. */
export function checkLogger(logger: unknown): void {
  if (logger === undefined) return;
  const expected = 'OtelModule: logger: expected a LoggerService with log(), error() and warn()';
  if (typeof logger !== 'object' || logger === null || !hasMethods(logger)) {
    throw new TypeError(`${expected}, got ${describe(logger)}`);
  }
  if ('transports' in logger && 'levels' in logger) {
    throw new TypeError(
      `${expected}, got a winston logger: wrap it in nestLogger() of @org/otel-winston`,
    );
  }
}

function hasMethods(logger: object): boolean {
  return ['log', 'error', 'warn'].every((name) => typeof Reflect.get(logger, name) === 'function');
}

function describe(value: unknown): string {
  return typeof value === 'object' ? 'an object without them' : shown(value);
}

/** The provider behind `OTEL_LOGGER`. */
export function loggerProvider(optionsToken: string | symbol): Provider {
  return {
    provide: OTEL_LOGGER,
    useFactory: (options?: { logger?: LoggerService }) => provideLogger(options?.logger),
    inject: [{ token: optionsToken, optional: true }],
  };
}
