// Public API, checked by `npm test`. Updated by `npm run api`.

import { default as Transport } from 'winston-transport';
import { default as winston } from 'winston';

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
 * What the fields of a line are called.
 *
 * @example
 * ```ts
 * traceFormat({ fields: { traceId: 'trace', spanId: 'span', traceFlags: 'flags' } });
 * ```
 */
export interface FieldNames {
    /** Default `traceID`; in the text form `trace_id`. */
    readonly traceId?: string;
    /** Default `spanID`; in the text form `span_id`. */
    readonly spanId?: string;
    /** Two hex digits, `01` for a sampled trace. Not written unless named. */
    readonly traceFlags?: string;
    /** `true` or `false`: whether the trace is kept, so that a link to it opens. Not written unless named. */
    readonly sampled?: string;
}

/**
 * Names, or `'snake_case'` for `trace_id`, `span_id` and `trace_flags`.
 *
 * @example
 * ```ts
 * traceFormat({ fields: 'snake_case' });
 * ```
 */
export type Fields = FieldNames | 'snake_case';

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
export declare class OtlpTransport extends Transport {
    #private;
    constructor(options?: OtlpTransportOptions);
    /** Called by winston for each line that passes the level. */
    log(info: unknown, next: () => void): void;
}

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

/**
 * Level names and their severity numbers (1-24).
 *
 * @example
 * ```ts
 * const severities: Severities = { audit: 11 };
 * ```
 */
export type Severities = Readonly<Record<string, number>>;

/**
 * How lines are stamped.
 *
 * @example
 * ```ts
 * const options: TraceFormatOptions = { fields: 'snake_case', sampledOnly: true };
 * ```
 */
export interface TraceFormatOptions {
    /** Names of the fields. Default `traceID` and `spanID`; `'snake_case'` for `trace_id`, `span_id`, `trace_flags`. */
    readonly fields?: Fields;
    /**
     * Where the ids stand: `'fields'` (default), each a field of the line; `'nested'`, together in one field; `'text'`,
     * behind the message, as `[trace_id=… span_id=…]`.
     */
    readonly form?: 'fields' | 'nested' | 'text';
    /** The field of the nested form. Default `trace`. */
    readonly under?: string;
    /**
     * Stamp only lines of sampled traces, so that every id that is printed can be opened. Default false: the ids of an
     * unsampled trace still join the lines of one request.
     */
    readonly sampledOnly?: boolean;
    /** Outside a span write ids of zeros, for readers that expect the fields on every line. Default false: no fields. */
    readonly zeros?: boolean;
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
export declare function createLogger(options?: CreateLoggerOptions): winston.Logger;

/**
 * A winston format that writes the error of a line as `exception.type`, `exception.message`, `exception.stacktrace`
 * (its causes too) and `exception.code`, whichever way it was logged: as the line itself, behind a text, or as a field.
 * Without it `format.json()` writes an error in a field as `{}`. It goes before the format that makes the text, in the
 * place of `format.errors()`. Never throws.
 *
 * @example
 * ```ts
 * const format = winston.format.combine(traceFormat(), errorFormat(), winston.format.json());
 * ```
 */
export declare function errorFormat(): winston.Logform.Format;

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
export declare function nestLogger(logger: winston.Logger): NestLogger;

/**
 * A winston format that stamps the span's ids on the line: `traceID` (32 hex digits) and `spanID` (16), lower case.
 * Outside a span it adds nothing, unless asked for zeros. A field of that name that the line already has is replaced
 * when there is a span and kept when there is none. It goes anywhere in `format.combine()`.
 *
 * The ids are those of the moment the log method was called if the logger captures it (`createLogger()`, or
 * `defaultMeta: traceMeta()`). Otherwise they are those of the span that is active when winston runs the format,
 * which behind a transport with back-pressure (File, Http, Stream) may be another request's.
 *
 * Never throws at run time; an unusable option is said once, as a warning of the process, when the format is made.
 *
 * @throws TypeError when the options are no object, at once.
 * @example
 * ```ts
 * const logger = winston.createLogger({
 *   format: winston.format.combine(traceFormat({ fields: 'snake_case' }), winston.format.json()),
 *   transports: [new winston.transports.Console()],
 * });
 * ```
 */
export declare function traceFormat(options?: TraceFormatOptions): winston.Logform.Format;

/**
 * A `defaultMeta` that remembers, inside the log call, which span is active. `traceFormat()` and `OtlpTransport` then
 * use what was remembered, so that a line that waits behind a slow transport still carries its own ids. It adds no
 * visible field by itself: `traceFormat()` writes them.
 *
 * Use it where a logger is made by somebody else (nest-winston, for one); `createLogger()` has it built in.
 * Give it your own metadata rather than spreading it into yours: spreading would read its getters once, for all lines.
 *
 * @param own - further metadata for every line. Default none. Its own getters stay getters.
 *
 * @example
 * ```ts
 * const logger = winston.createLogger({
 *   defaultMeta: traceMeta({ service: 'shop' }),
 *   format: winston.format.combine(traceFormat(), winston.format.json()),
 *   transports: [new winston.transports.Console()],
 * });
 * ```
 */
export declare function traceMeta(own?: object): object;
