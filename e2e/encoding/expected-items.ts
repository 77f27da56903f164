import type { Attributes, HrTime } from '@opentelemetry/api';
import type { ArbitraryRecord, ArbitrarySpan } from './arbitrary-telemetry.ts';

/** How the decoder must write a span that was given to a tracer. */
export function expectedSpan(span: ArbitrarySpan): unknown {
  const { code, message } = span.status;
  return {
    name: wellFormed(span.name),
    kind: span.kind + 1, // OTLP has 0 for unspecified
    start: nanoseconds(span.start),
    end: nanoseconds(span.end),
    attributes: pairs(span.attributes),
    events: span.events.map(({ name, time, attributes }) => ({
      name: wellFormed(name),
      time: nanoseconds(time),
      attributes: pairs(attributes),
    })),
    links: span.links.map(({ traceId, spanId, attributes }) => ({
      traceId,
      spanId,
      attributes: pairs(attributes),
    })),
    // Only an error has a message
    status: [code, code === 2 ? wellFormed(message) : ''],
    ids: [16, 8],
  };
}

/** How the decoder must write a log record that was given to a logger. */
export function expectedRecord(record: ArbitraryRecord): unknown {
  return {
    time: nanoseconds(record.time),
    severity: [record.severityNumber, wellFormed(record.severityText)],
    body: anyValue(record.body),
    attributes: pairs(record.attributes),
  };
}

function pairs(attributes: Attributes): unknown[] {
  return Object.entries(attributes).map(([key, value]) => [wellFormed(key), anyValue(value)]);
}

function anyValue(value: unknown): unknown {
  if (Array.isArray(value)) return ['array', value.map(anyValue)];
  if (typeof value === 'string') return ['string', wellFormed(value)];
  if (typeof value === 'boolean') return ['bool', value];
  if (Number.isSafeInteger(value)) return ['int', String(value)];
  return ['double', value];
}

/** What UTF-8 makes of half a character. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}

function nanoseconds([seconds, nanos]: HrTime): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(nanos));
}
