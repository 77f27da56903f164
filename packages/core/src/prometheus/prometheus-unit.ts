/** UCUM units of OpenTelemetry and their words in Prometheus names (compatibility specification, Metric Metadata). */
const WORDS: Readonly<Record<string, string>> = {
  d: 'days',
  h: 'hours',
  min: 'minutes',
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  By: 'bytes',
  KiBy: 'kibibytes',
  MiBy: 'mebibytes',
  GiBy: 'gibibytes',
  TiBy: 'tibibytes',
  KBy: 'kilobytes',
  kBy: 'kilobytes',
  MBy: 'megabytes',
  GBy: 'gigabytes',
  TBy: 'terabytes',
  m: 'meters',
  V: 'volts',
  A: 'amperes',
  J: 'joules',
  W: 'watts',
  g: 'grams',
  Cel: 'celsius',
  Hz: 'hertz',
  '%': 'percent',
};

const PER: Readonly<Record<string, string>> = {
  s: 'second',
  min: 'minute',
  h: 'hour',
  d: 'day',
  By: 'byte',
};

/** `s` -> `seconds`, `By/s` -> `bytes_per_second`, `{request}` and `1` -> nothing (a count has no unit in Prometheus). */
export function prometheusUnit(unit: string): string {
  const [main = '', per] = unit.replaceAll(/\{[^{}]*\}/g, '').split('/');
  const word = main === '1' ? '' : (WORDS[main] ?? sanitized(main));
  if (!per) return word;
  const perWord = PER[per] ?? sanitized(per);
  return word === '' ? `per_${perWord}` : `${word}_per_${perWord}`;
}

const UNITS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(WORDS).map(([unit, word]) => [word, unit])),
  ratio: '1',
};

/** The unit that a Prometheus name ends with (`_seconds`, `_bytes_total`, `_ratio`), as OpenTelemetry writes it, or none. */
export function unitOfName(name: string): string {
  const words = name.replace(/_(total|info)$/, '').split('_');
  if (words.at(-2) === 'per') return '';
  return UNITS[words.at(-1) ?? ''] ?? '';
}

function sanitized(text: string): string {
  return text
    .split(/[^a-zA-Z0-9]/)
    .filter((word) => word !== '')
    .join('_');
}
