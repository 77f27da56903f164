import type { Logger, LoggerOptions, LoggerProvider } from '@opentelemetry/api';
import { harmless, orElse, textOf } from '../lifecycle/harmless.ts';

/** Loggers that throw nothing into the application; a record that cannot be taken is told to `onLost`. */
export function guardedLoggers(sdk: LoggerProvider, onLost: () => void): LoggerProvider {
  function getLogger(given: string, version?: string, options?: LoggerOptions): Logger {
    const name = textOf(given);
    const logger = orElse(
      () => sdk.getLogger(name, version, options ?? undefined),
      () => sdk.getLogger(name),
    );
    return guardedLogger(logger, onLost);
  }
  return { getLogger };
}

function guardedLogger(logger: Logger, onLost: () => void): Logger {
  return {
    emit(record) {
      if (!harmless(() => logger.emit(record))) onLost();
    },
    enabled(options) {
      return orElse(
        () => logger.enabled(options),
        () => false,
      );
    },
  };
}
