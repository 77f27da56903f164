import { stripVTControlCharacters } from 'node:util';
import { type Attributes, type LogRecord, logs } from '@opentelemetry/api';
import Transport from 'winston-transport';
import { capturedOf, momentOf } from './captured.ts';
import { checkOptions } from './check-options.ts';
import { exceptionFields } from './exception-fields.ts';
import { logAttributes, logValue } from './log-attributes.ts';
import { type Severities, severityOf } from './severity.ts';
import { stampOf } from './stamped.ts';
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

/** Lines that are log records already: a second OtlpTransport, or the same one twice, has nothing to add. */
const sent = new WeakSet<object>();

interface Line {
  readonly level?: unknown;
  readonly message?: unknown;
  readonly [key: symbol]: unknown;
}

/**
 * A winston transport that sends each line as one OpenTelemetry log record, through the log pipeline that `init()` set up
 * (where to: `OTEL_EXPORTER_OTLP_ENDPOINT`; off: `OTEL_LOGS_EXPORTER=none`). The message is the body, without colour codes;
 * metadata are attributes of any shape; an error is `exception.type`, `exception.message`, `exception.stacktrace` and
 * `exception.code`; trace id, span id and time are those of the log call in a logger of `createLogger()` or with `traceMeta()`, else those
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
    checkOptions('OtlpTransport(options)', options);
    const { severities = {}, ...transport } = options;
    super(transport);
    this.#severities = severities;
  }

  /** Called by winston for each line that passes the level. */
  override log(info: unknown, next: () => void): void {
    try {
      if (isFirstSight(info as Line)) {
        const { levels } = this as { levels?: Record<string, number> };
        const record = logRecord(info as Line, levels, this.#severities);
        logs.getLogger('@org/otel-winston', version).emit(record);
      }
      if (this.listenerCount('logged') > 0) this.emit('logged', info);
    } catch {
      // A line that cannot be sent must not stop the ones behind it.
    }
    next();
  }
}

/** A line that nothing captured cannot be told from another one with the same info object: it is sent. */
function isFirstSight(info: Line): boolean {
  const line = capturedOf(info);
  if (!line) return true;
  if (sent.has(line)) return false;
  sent.add(line);
  return true;
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
    body: body(info),
    attributes: attributesOf(info),
  };
}

function body(info: Line): unknown {
  const { message } = info;
  if (typeof message !== 'string') return logValue(message);
  const plain = stripVTControlCharacters(message);
  const suffix = stampOf(info)?.suffix;
  return suffix && plain.endsWith(suffix) ? plain.slice(0, -suffix.length) : plain;
}

function attributesOf(info: Line): Attributes {
  const { attributes, error } = logAttributes(info);
  const { stack, ...others } = attributes;
  if ('exception.type' in others) return others; // errorFormat() was here
  if (error) return { ...others, ...exceptionFields(error) };
  return typeof stack === 'string'
    ? { ...others, ...stackAttributes(stack, info.message) }
    : attributes;
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
