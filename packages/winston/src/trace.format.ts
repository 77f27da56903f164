import { isSpanContextValid, type SpanContext, TraceFlags, trace } from '@opentelemetry/api';
import winston from 'winston';
import { momentOf } from './captured.ts';
import { type Fields, type ReadyNames, readFieldNames } from './field-names.ts';
import { markStamped } from './stamped.ts';

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
   * Stamp only lines of sampled traces, so that every id that is printed can be opened. Default false: the ids of an
   * unsampled trace still join the lines of one request.
   */
  readonly sampledOnly?: boolean;
}

type Info = winston.Logform.TransformableInfo;

/**
 * A winston format that stamps the span's ids on the line: `traceID` (32 hex digits) and `spanID` (16), lower case.
 * Outside a span it adds nothing. A field of that name that the line already has is replaced when there is a span
 * and kept when there is none. It goes before the format that makes the text (`json`, `printf`, `simple`), anywhere.
 *
 * The ids are those of the moment the log method was called if the logger captures it (`createLogger()`, or
 * `defaultMeta: traceMeta()`). Otherwise they are those of the span that is active when winston runs the format,
 * which behind a transport with back-pressure (File, Http, Stream) may be another request's.
 *
 * Never throws at run time; an unusable name is said once, as a warning of the process, when the format is made.
 *
 * @example
 * ```ts
 * const logger = winston.createLogger({
 *   format: winston.format.combine(traceFormat({ fields: 'snake_case' }), winston.format.json()),
 *   transports: [new winston.transports.Console()],
 * });
 * ```
 */
export function traceFormat(options: TraceFormatOptions = {}): winston.Logform.Format {
  const names = readFieldNames(options.fields);
  const sampledOnly = options.sampledOnly === true;

  return winston.format(function stampTrace(info) {
    if (typeof info !== 'object' || info === null) return info;
    try {
      const span = trace.getSpanContext(momentOf(info).context);
      if (!span || !isSpanContextValid(span)) return info;
      if (sampledOnly && (span.traceFlags & TraceFlags.SAMPLED) === 0) return info;
      return stamp(writable(info), span, names);
    } catch {
      return info; // a line without ids is better than no line
    }
  })();
}

function stamp(info: Info, span: SpanContext, names: ReadyNames): Info {
  info[names.traceId] = span.traceId.toLowerCase();
  info[names.spanId] = span.spanId.toLowerCase();
  if (names.traceFlags) {
    info[names.traceFlags] = (span.traceFlags & 0xff).toString(16).padStart(2, '0');
  }
  markStamped(info, names);
  return info;
}

/**
 * `logger.error(error)` makes the error itself the info. Ids written on it would follow it into its next line, in
 * another request perhaps: a stand-in that inherits from it takes them, and is still an Error to `format.errors()`.
 */
function writable(info: Info): Info {
  if (info instanceof Error) return Object.assign(Object.create(info) as Info, info);
  return Object.isFrozen(info) || !Object.isExtensible(info) ? { ...info } : info;
}
