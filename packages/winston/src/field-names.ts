import { shown } from './check-options.ts';

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

/** The names in force. */
export interface ReadyNames {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: string | undefined;
  readonly sampled: string | undefined;
}

const DEFAULT: ReadyNames = {
  traceId: 'traceID',
  spanId: 'spanID',
  traceFlags: undefined,
  sampled: undefined,
};
const SNAKE: ReadyNames = {
  traceId: 'trace_id',
  spanId: 'span_id',
  traceFlags: 'trace_flags',
  sampled: undefined,
};
// what Python's logging instrumentation writes, and what people grep for
const TEXT: ReadyNames = { ...SNAKE, traceFlags: undefined };

/** Checks the names once, when the format is made; a name that cannot be used is replaced and said. */
export function readFieldNames(fields: Fields | undefined, inText = false): ReadyNames {
  const usual = inText ? TEXT : DEFAULT;
  if (fields === undefined) return usual;
  if (fields === 'snake_case') return SNAKE;
  if (typeof fields !== 'object' || fields === null) {
    const using = `${usual.traceId} and ${usual.spanId}`;
    warnSetting('fields', 'names or "snake_case"', fields, using);
    return usual;
  }
  return {
    traceId: usable('traceId', fields, usual) ?? usual.traceId,
    spanId: usable('spanId', fields, usual) ?? usual.spanId,
    traceFlags: usable('traceFlags', fields, usual),
    sampled: usable('sampled', fields, usual),
  };
}

function usable(field: keyof FieldNames, names: FieldNames, usual: ReadyNames): string | undefined {
  const name: unknown = names[field];
  if (name === undefined || isUsableName(name)) return name;
  const expected = 'a name other than level and message';
  warnSetting(`fields.${field}`, expected, name, usual[field] ?? 'none');
  return undefined;
}

/** Whether a field of a line may be called so. */
export function isUsableName(name: unknown): name is string {
  return typeof name === 'string' && name !== '' && name !== 'level' && name !== 'message';
}

/** Says once, when the format is made, which setting is unusable and what holds instead. */
export function warnSetting(setting: string, expected: string, got: unknown, using: string): void {
  process.emitWarning(
    `traceFormat: ${setting}: expected ${expected}, got ${shown(got)}; using ${using}`,
  );
}
