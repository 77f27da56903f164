import { type DiagLogFunction, DiagLogLevel, diag } from '@opentelemetry/api';
import { isRegistered } from '../instance/api-realm.ts';
import type { LogLevel } from '../settings/settings.ts';
import { warn } from './warnings.ts';

const levels: Record<LogLevel, DiagLogLevel> = {
  none: DiagLogLevel.NONE,
  error: DiagLogLevel.ERROR,
  warn: DiagLogLevel.WARN,
  info: DiagLogLevel.INFO,
  debug: DiagLogLevel.DEBUG,
  verbose: DiagLogLevel.VERBOSE,
  all: DiagLogLevel.ALL,
};

/**
 * Lets what the API, the SDK and the adapters have to say be read on stderr; the application's own
 * diag logger, if it set one, stays. Returns the function that ends it.
 */
export function logDiagnostics(level: LogLevel): () => void {
  if (isRegistered('diag')) return () => {};
  const say: DiagLogFunction = (message) => warn(message, message);
  const tell: DiagLogFunction = (message) => void process.stderr.write(`[otel] ${message}\n`);
  const logger = { error: say, warn: say, info: tell, debug: tell, verbose: tell };
  diag.setLogger(logger, { logLevel: levels[level], suppressOverrideMessage: true });
  return () => diag.disable();
}
