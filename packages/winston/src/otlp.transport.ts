import { stripVTControlCharacters } from 'node:util';
import { type Attributes, type LogRecord, logs } from '@opentelemetry/api';
import Transport from 'winston-transport';
import { momentOf } from './captured.ts';
import { logAttributes, logValue } from './log-attributes.ts';
import { type Severities, severityOf } from './severity.ts';
import { version } from './version.ts';

/**
 * How lines become log records; the rest is winston's own (`level`, `format`, `silent`, `handleExceptions`, …).
 *
 * @example
 * ```ts
 * new OtlpTransport({ level: 'warn', severities: { audit: 11 } });
 * ```
 */
export interface OtlpTransportOptions extends Transport.TransportStreamOptions {
  /**
   * Severity numbers (1 trace … 5 debug, 9 info, 13 warn, 17 error, 21 fatal) of your own levels, by name. They win over
   * the built-in table, which knows the levels of npm, syslog and cli. A level nobody knows has severity 0 (unspecified).
   */
  readonly severities?: Severities;
}

/** What winston calls the level that no colouring format has touched. */
const LEVEL = Symbol.for('level');
const SPLAT = Symbol.for('splat');

interface Line {
  readonly level?: unknown;
  readonly message?: unknown;
  readonly [key: symbol]: unknown;
}

/**
 * A winston transport that sends each line as one OpenTelemetry log record, through the log pipeline that `init()` set up
 * (where to: `OTEL_EXPORTER_OTLP_ENDPOINT`; off: `OTEL_LOGS_EXPORTER=none`). The message is the body, without colour codes;
 * metadata are attributes of any shape; an error is `exception.type`, `exception.message` and `exception.stacktrace`;
 * trace id, span id and time are those of the log call in a logger of `createLogger()` or with `traceMeta()`, else those
 * of the moment winston reaches the transport. Never throws, never slows a line down: sending happens elsewhere.
 *
 * Opt-in: where a Collector reads stdout, adding it would store every line twice.
 *
 * @example
 * ```ts
 * const logger = createLogger({
 *   levels: { audit: 0, info: 1 },
 *   transports: [new OtlpTransport({ severities: { audit: 11 } })],
 * });
 * ```
 */
export class OtlpTransport extends Transport {
  readonly #severities: Severities;

  constructor(options: OtlpTransportOptions = {}) {
    const { severities = {}, ...transport } = options;
    super(transport);
    this.#severities = severities;
  }

  /** Called by winston for each line that passes the level. */
  override log(info: unknown, next: () => void): void {
    try {
      const { levels } = this as { levels?: Record<string, number> };
      const record = logRecord(info as Line, levels, this.#severities);
      logs.getLogger('@org/otel-winston', version).emit(record);
      if (this.listenerCount('logged') > 0) this.emit('logged', info);
    } catch {
      // A line that cannot be sent must not stop the ones behind it.
    }
    next();
  }
}

function logRecord(
  info: Line,
  levels: Record<string, number> | undefined,
  severities: Severities,
): LogRecord {
  const { context, time } = momentOf(info);
  const level = String(info[LEVEL] ?? info.level);
  return {
    context,
    timestamp: time,
    severityNumber: severityOf(level, levels, severities),
    severityText: level,
    body: body(info.message),
    ...details(info),
  };
}

function body(message: unknown): unknown {
  return typeof message === 'string' ? stripVTControlCharacters(message) : logValue(message);
}

function details(info: Line): Pick<LogRecord, 'attributes' | 'exception'> {
  const { attributes, error } = logAttributes(info);
  const { stack, ...others } = attributes;
  const exception = error ?? errorOf(info);
  if (exception) return { attributes: others, exception };
  return typeof stack === 'string'
    ? { attributes: { ...others, ...stackAttributes(stack, info.message) } }
    : { attributes };
}

/** `logger.error(error)` and `logger.error('text', error)`. */
function errorOf(info: Line): Error | undefined {
  if (info instanceof Error) return info;
  if (info.message instanceof Error) return info.message;
  const splat = info[SPLAT];
  return Array.isArray(splat) ? splat.find((part) => part instanceof Error) : undefined;
}

/** `format.errors({ stack: true })` leaves of the error only its message and its stack. */
function stackAttributes(stack: string, message: unknown): Attributes {
  const type = /^([\w.]+)(?=:|\n|$)/.exec(stack)?.[1];
  return {
    'exception.stacktrace': stack,
    ...(type && { 'exception.type': type }),
    ...(typeof message === 'string' && { 'exception.message': message }),
  };
}
