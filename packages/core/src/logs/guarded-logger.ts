import type { Logger, LoggerOptions, LoggerProvider, LogRecord } from '@opentelemetry/api';
import { harmless, orElse, textOf } from '../lifecycle/harmless.ts';
import { hideProtoKey } from '../lifecycle/proto-key.ts';

/** Loggers that throw nothing into the application; a record that cannot be taken is told to `onLost`, and the silenced scope has none. */
export function guardedLoggers(
  sdk: LoggerProvider,
  silenced: string | undefined,
  onLost: () => void,
): LoggerProvider {
  function getLogger(given: string, version?: string, options?: LoggerOptions): Logger {
    const name = textOf(given);
    if (name === silenced) return silentLogger;
    const logger = orElse(
      () => sdk.getLogger(name, version, options ?? undefined),
      () => sdk.getLogger(name),
    );
    return guardedLogger(logger, onLost);
  }
  return { getLogger };
}

const silentLogger: Logger = { emit() {}, enabled: () => false };

function guardedLogger(logger: Logger, onLost: () => void): Logger {
  return {
    emit(record) {
      if (!harmless(() => logger.emit(copyable(record)))) onLost();
    },
    enabled(options) {
      return orElse(
        () => logger.enabled(options),
        () => false,
      );
    },
  };
}

/** The same, unless an attribute is called `__proto__`; `protoKeyProcessor` gives it its name back. */
function copyable(record: LogRecord): LogRecord {
  const given = record.attributes;
  if (given === undefined) return record;
  const attributes = hideProtoKey(given);
  return attributes === given ? record : { ...record, attributes };
}
