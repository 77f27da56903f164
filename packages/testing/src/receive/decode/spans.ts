import type { Origin, Span, SpanEvent, SpanKind, SpanLink, StatusCode } from '../../telemetry.ts';
import { attributes, id, list, nanos, nested, number, records, text } from './origins.ts';
import type { Raw } from './raw.ts';

const kinds: readonly SpanKind[] = [
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
];
const codes: readonly StatusCode[] = ['unset', 'ok', 'error'];

/** The spans of a decoded trace request. */
export function spans(request: Raw): Span[] {
  return Array.from(records(request, 'Spans', 'spans'), ({ record, origin }) =>
    span(record, origin),
  );
}

function span(raw: Raw, origin: Origin): Span {
  const status = nested(raw, 'status');
  return {
    ...origin,
    traceId: id(raw, 'traceId'),
    spanId: id(raw, 'spanId'),
    parentSpanId: id(raw, 'parentSpanId'),
    traceState: text(raw, 'traceState'),
    flags: number(raw, 'flags'),
    name: text(raw, 'name'),
    kind: kinds[number(raw, 'kind')] ?? 'unspecified',
    startTime: nanos(raw, 'startTimeUnixNano'),
    endTime: nanos(raw, 'endTimeUnixNano'),
    status: { code: codes[number(status, 'code')] ?? 'unset', message: text(status, 'message') },
    attributes: attributes(raw),
    events: list(raw, 'events').map(event),
    links: list(raw, 'links').map(link),
    droppedAttributes: number(raw, 'droppedAttributesCount'),
    droppedEvents: number(raw, 'droppedEventsCount'),
    droppedLinks: number(raw, 'droppedLinksCount'),
  };
}

function event(raw: Raw): SpanEvent {
  return {
    name: text(raw, 'name'),
    time: nanos(raw, 'timeUnixNano'),
    attributes: attributes(raw),
    droppedAttributes: number(raw, 'droppedAttributesCount'),
  };
}

function link(raw: Raw): SpanLink {
  return {
    traceId: id(raw, 'traceId'),
    spanId: id(raw, 'spanId'),
    traceState: text(raw, 'traceState'),
    flags: number(raw, 'flags'),
    attributes: attributes(raw),
    droppedAttributes: number(raw, 'droppedAttributesCount'),
  };
}
