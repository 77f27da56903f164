const FORMS = ['fields', 'nested', 'text'] as const;

/** What the lines call their ids: the options of `traceFormat()`. */
export interface OwnNames {
  readonly form: (typeof FORMS)[number];
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: string;
  readonly sampled: string;
  readonly under: string;
}

type Given = Readonly<Record<string, string | boolean | undefined>>;

/** Reads the names of the command line. Throws when one cannot be a name, or two are the same. */
export function readNames(given: Given): OwnNames {
  const form = FORMS.find((each) => each === (given['form'] ?? 'fields'));
  if (!form) {
    throw new Error(
      `--form: expected fields, nested or text, got ${JSON.stringify(given['form'])}`,
    );
  }
  const inText = form === 'text';
  const names = {
    form,
    traceId: name(given, 'trace-id', inText ? 'trace_id' : 'traceID'),
    spanId: name(given, 'span-id', inText ? 'span_id' : 'spanID'),
    traceFlags: name(given, 'trace-flags', 'trace_flags'),
    sampled: name(given, 'sampled', 'sampled'),
    under: name(given, 'under', 'trace'),
  };
  if (given['under'] !== undefined && form !== 'nested') {
    throw new Error('--under: expected --form nested beside it');
  }
  const { traceId, spanId, traceFlags, sampled } = names;
  if (new Set([traceId, spanId, traceFlags, sampled]).size < 4) {
    throw new Error(
      '--trace-id, --span-id, --trace-flags, --sampled: expected four different names',
    );
  }
  return names;
}

function name(given: Given, option: string, usual: string): string {
  const value = given[option] ?? usual;
  if (typeof value === 'string' && /^[\w.@:/-]+$/.test(value) && !/^(level|message)$/.test(value)) {
    return value;
  }
  const expected = 'a name of letters, digits and _ . @ : / -, other than level and message';
  throw new Error(`--${option}: expected ${expected}, got ${JSON.stringify(value)}`);
}
