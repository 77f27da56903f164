import type { OwnNames } from './own-names.ts';

const KNOWN = ['traceID', 'trace_id', 'otelTraceID'];
const KNOWN_MARKS = ['sampled', 'trace_flags', 'traceFlags'];
const KNOWN_TEXT_MARKS = ['sampled', 'flags', 'trace_sampled', 'trace_flags'];

/** What own names add to the Loki data source: a derived field, and marks of lines whose trace was not kept. */
export function grafanaParts(names: OwnNames): { marks: string; ownDerivedField: string } {
  const known = names.form === 'text' ? KNOWN_TEXT_MARKS : KNOWN_MARKS;
  const own = [names.sampled, names.traceFlags].filter((name) => !known.includes(name));
  const marks = own.map((name) => `|${escaped(name)}`).join('');
  const isKnown =
    names.form === 'text' ? names.traceId === 'trace_id' : KNOWN.includes(names.traceId);
  return { marks, ownDerivedField: isKnown ? '' : derivedField(names, marks) };
}

function derivedField({ form, traceId }: OwnNames, marks: string): string {
  const [shown, regex] =
    form === 'text'
      ? [`[${traceId}=…`, textRegex(escaped(traceId), marks)]
      : [`{"${traceId}":"…"}`, jsonRegex(escaped(traceId), marks)];
  return `        # your own name: ${shown}
        - name: Trace (${traceId})
          matcherType: regex
          matcherRegex: '${regex}'
          datasourceUid: tempo
          url: $\${__value.raw}
          urlDisplayLabel: Open trace`;
}

const ID = '(?!0{32})([0-9a-f]{32})';

function jsonRegex(name: string, marks: string): string {
  const unsampled = String.raw`[\s\S]*"(?:sampled|trace_?[fF]lags${marks})": ?"?(?:false|0[02])`;
  return String.raw`^(?!${unsampled})[\s\S]*?"${name}": ?"${ID}"`;
}

function textRegex(name: string, marks: string): string {
  const unsampled = String.raw`[\s\S]*[\s[](?:sampled|flags|trace_sampled|trace_flags${marks})=(?:[Ff]alse|0[02])\b`;
  return String.raw`^(?!${unsampled})[\s\S]*?\[${name}=${ID}\b`;
}

function escaped(name: string): string {
  return name.replaceAll('.', String.raw`\.`); // the one character of a name that means something in a pattern
}
