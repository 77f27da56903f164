import type { Attributes, LogRecord } from '@org/otel-testing/collector';

/**
 * A service's JSON line as a log record, read as apps/collector/otelcol.yaml reads it: time, severity,
 * body and the trace's ids from their keys, the rest as attributes. Undefined for a line that is not JSON.
 */
export function logFromLine(service: string, line: string): LogRecord | undefined {
  const parsed = parse(line);
  if (!parsed) return undefined;
  const { timestamp, level, message, traceID, trace_id, spanID, span_id, ...attributes } = parsed;
  return {
    service,
    resource: { attributes: { 'service.name': service }, schemaUrl: '' },
    scope: { name: '', version: '', attributes: {}, schemaUrl: '' },
    time: BigInt(Date.parse(String(timestamp)) || 0) * 1_000_000n,
    observedTime: BigInt(Date.now()) * 1_000_000n,
    severity: severities[String(level)] ?? 0,
    severityText: String(level ?? ''),
    body: String(message ?? ''),
    eventName: '',
    attributes: attributes as Attributes,
    droppedAttributes: 0,
    flags: 0,
    traceId: String(traceID ?? trace_id ?? ''),
    spanId: String(spanID ?? span_id ?? ''),
  };
}

// the names of winston's npm levels and of Python's
const severities: Record<string, number> = {
  silly: 1,
  debug: 5,
  verbose: 6,
  http: 7,
  info: 9,
  warn: 13,
  warning: 13,
  error: 17,
  critical: 21,
  fatal: 21,
};

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
