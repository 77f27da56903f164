import type { OwnNames } from './own-names.ts';

/** What the Collector's file moves by itself, and what needs no move. */
const KNOWN = [
  'traceID',
  'trace_id',
  'otelTraceID',
  'spanID',
  'span_id',
  'otelSpanID',
  'trace_flags',
  'sampled',
  'otelTraceSampled',
];

/** What own names add to the operators of the Collector. */
export function collectorParts(names: OwnNames): { ownText: string; ownFields: string } {
  if (names.form === 'text') return { ownText: textParsers(names), ownFields: '' };
  const moves = targets(names)
    .filter(([name]) => names.form === 'nested' || !KNOWN.includes(name))
    .map(([name, target]) => move(names, name, target));
  if (moves.length === 0) return { ownText: '', ownFields: '' };
  const all = names.form === 'nested' ? [...moves, removeEmpty(names.under)] : moves;
  return { ownText: '', ownFields: ['      # your own names', ...all].join('\n') };
}

function targets({ traceId, spanId, traceFlags, sampled }: OwnNames): [string, string][] {
  return [
    [traceId, 'trace_id'],
    [spanId, 'span_id'],
    [traceFlags, 'trace_flags'],
    [sampled, 'sampled'],
  ];
}

function move({ form, under }: OwnNames, name: string, target: string): string {
  const parent = `attributes["${under}"]`;
  const from = form === 'nested' ? `${parent}["${name}"]` : `attributes["${name}"]`;
  const guard = form === 'nested' ? `${isMap(parent)} and ` : '';
  return `      - type: move
        if: ${guard}${from} != nil
        from: ${from}
        to: attributes.${target}`;
}

function removeEmpty(under: string): string {
  const parent = `attributes["${under}"]`;
  return `      - type: remove
        if: ${isMap(parent)} and len(${parent}) == 0
        field: ${parent}`;
}

function isMap(field: string): string {
  return `type(${field}) == "map"`;
}

/** Whether the trace was sampled may stand behind the ids, with other words between. */
function textParsers({ traceId, spanId, traceFlags, sampled }: OwnNames): string {
  const isUsual = traceId === 'trace_id' && spanId === 'span_id';
  const ids = String.raw`\[${quoted(traceId)}=(?P<trace_id>[0-9a-f]{32}) ${quoted(spanId)}=(?P<span_id>[0-9a-f]{16})`;
  return [
    ...(isUsual ? [] : [textParser(traceId, '', ids)]),
    ...(isUsual && sampled === 'sampled'
      ? []
      : [textParser(traceId, sampled, mark(traceId, sampled, '(?P<sampled>[Tt]rue|[Ff]alse)'))]),
    ...(isUsual && traceFlags === 'trace_flags'
      ? []
      : [
          textParser(
            traceId,
            traceFlags,
            mark(traceId, traceFlags, '(?P<trace_flags>[0-9a-f]{2})'),
          ),
        ]),
  ].join('\n');
}

function mark(traceId: string, name: string, value: string): string {
  return String.raw`\[${quoted(traceId)}=[^\]]* ${quoted(name)}=${value}\b`;
}

function textParser(traceId: string, name: string, regex: string): string {
  const more = name ? ` and body contains " ${name}="` : '';
  return `      - type: regex_parser
        if: body contains "[${traceId}="${more}
        regex: '${regex}'
        on_error: send_quiet`;
}

function quoted(name: string): string {
  return name.replaceAll('.', String.raw`\.`);
}
