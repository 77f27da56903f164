/**
 * What the fields of a line are called.
 *
 * @example
 * ```ts
 * traceFormat({ fields: { traceId: 'trace', spanId: 'span', traceFlags: 'flags' } });
 * ```
 */
export interface FieldNames {
  /** Default `traceID`. */
  readonly traceId?: string;
  /** Default `spanID`. */
  readonly spanId?: string;
  /** Two hex digits, `01` for a sampled trace. Not written unless named. */
  readonly traceFlags?: string;
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
}

const DEFAULT: ReadyNames = { traceId: 'traceID', spanId: 'spanID', traceFlags: undefined };
const SNAKE: ReadyNames = { traceId: 'trace_id', spanId: 'span_id', traceFlags: 'trace_flags' };

/** Checks the names once, when the format is made; a name that cannot be used is replaced and said. */
export function readFieldNames(fields: Fields | undefined): ReadyNames {
  if (fields === undefined) return DEFAULT;
  if (fields === 'snake_case') return SNAKE;
  if (typeof fields !== 'object' || fields === null) {
    warn('fields', 'names or "snake_case"', fields, 'traceID and spanID');
    return DEFAULT;
  }
  return {
    traceId: usable('traceId', fields.traceId) ?? DEFAULT.traceId,
    spanId: usable('spanId', fields.spanId) ?? DEFAULT.spanId,
    traceFlags: usable('traceFlags', fields.traceFlags),
  };
}

function usable(field: keyof FieldNames, name: unknown): string | undefined {
  if (name === undefined) return undefined;
  if (typeof name === 'string' && name !== '' && name !== 'level' && name !== 'message')
    return name;
  warn(`fields.${field}`, 'a name other than level and message', name, DEFAULT[field] ?? 'none');
  return undefined;
}

function warn(setting: string, expected: string, got: unknown, using: string): void {
  process.emitWarning(
    `traceFormat: ${setting}: expected ${expected}, got ${JSON.stringify(got)}; using ${using}`,
  );
}
