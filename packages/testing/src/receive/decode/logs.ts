import type { LogRecord, Origin } from '../../telemetry.ts';
import { attributes, id, nanos, nested, number, records, text, value } from './origins.ts';
import type { Raw } from './raw.ts';

/** The log records of a decoded logs request. */
export function logs(request: Raw): LogRecord[] {
  return Array.from(records(request, 'Logs', 'logRecords'), ({ record, origin }) =>
    log(record, origin),
  );
}

function log(raw: Raw, origin: Origin): LogRecord {
  return {
    ...origin,
    time: nanos(raw, 'timeUnixNano'),
    observedTime: nanos(raw, 'observedTimeUnixNano'),
    severity: number(raw, 'severityNumber'),
    severityText: text(raw, 'severityText'),
    body: value(nested(raw, 'body')),
    eventName: text(raw, 'eventName'),
    attributes: attributes(raw),
    droppedAttributes: number(raw, 'droppedAttributesCount'),
    flags: number(raw, 'flags'),
    traceId: id(raw, 'traceId'),
    spanId: id(raw, 'spanId'),
  };
}
