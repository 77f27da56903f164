import { type SpanContext, TraceFlags, trace } from '@opentelemetry/api';
import winston from 'winston';
import { contextOf } from './captured.ts';
import { checkOptions } from './check-options.ts';
import { type Fields, isUsableName, readFieldNames, warnSetting } from './field-names.ts';
import { shownIds } from './shown-ids.ts';
import { asFields, asNested, asText, type StampStyle } from './stamp-styles.ts';
import { standInFor } from './stand-in.ts';

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

type Info = winston.Logform.TransformableInfo;

const NO_SPAN: SpanContext = { traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 };

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
export function traceFormat(options: TraceFormatOptions = {}): winston.Logform.Format {
  checkOptions('traceFormat(options)', options);
  const { stamp, key } = readStyle(options);
  const sampledOnly = options.sampledOnly === true;
  const zeros = options.zeros === true;

  return winston.format(function stampTrace(info) {
    if (typeof info !== 'object' || info === null) return info;
    try {
      const span = shownSpan(info, sampledOnly);
      if (!span && (!zeros || (key !== undefined && key in info))) return info;
      const line = writable(info);
      stamp(line, span ?? NO_SPAN);
      return line;
    } catch {
      return info; // a line without ids is better than no line
    }
  })();
}

/** How to stamp, and the field that says that a line has ids of its own. */
function readStyle(options: TraceFormatOptions): { stamp: StampStyle; key: string | undefined } {
  const { form = 'fields', under = 'trace' } = options;
  const names = readFieldNames(options.fields, form === 'text');
  if (form === 'text') return { stamp: asText(names), key: undefined };
  if (form === 'nested') {
    const key = isUsableName(under) ? under : 'trace';
    if (key !== under) warnSetting('under', 'a name other than level and message', under, key);
    return { stamp: asNested(names, key), key };
  }
  if (form !== 'fields') warnSetting('form', '"fields", "nested" or "text"', form, 'fields');
  return { stamp: asFields(names), key: names.traceId };
}

function shownSpan(info: Info, sampledOnly: boolean): SpanContext | undefined {
  const active = trace.getSpanContext(contextOf(info));
  const span = active && shownIds(active);
  if (!span) return undefined;
  return sampledOnly && (span.traceFlags & TraceFlags.SAMPLED) === 0 ? undefined : span;
}

/** What can be written on without consequences for anybody else's line. */
function writable(info: Info): Info {
  if (info instanceof Error) return standInFor(info as Info & Error);
  return Object.isExtensible(info) ? info : { ...info };
}
