import { limit } from './kinds.ts';
import { setting } from './setting.ts';

const NONE = Number.POSITIVE_INFINITY;

/** Limits of the specification, with the general attribute limits behind those of spans and log records. */
export const limitRows = {
  traces: {
    attributeValueLengthLimit: lengthOf(
      'traces',
      'OTEL_SPAN',
      'Characters of an attribute of a span, its events and links',
    ),
    attributeCountLimit: countOf('traces', 'OTEL_SPAN', 'Attributes of a span'),
    eventCountLimit: spanRow('eventCountLimit', 'OTEL_SPAN_EVENT_COUNT_LIMIT', 'Events of a span'),
    linkCountLimit: spanRow('linkCountLimit', 'OTEL_SPAN_LINK_COUNT_LIMIT', 'Links of a span'),
    eventAttributeCountLimit: spanRow(
      'eventAttributeCountLimit',
      'OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT',
      'Attributes of a span’s event',
    ),
    linkAttributeCountLimit: spanRow(
      'linkAttributeCountLimit',
      'OTEL_LINK_ATTRIBUTE_COUNT_LIMIT',
      'Attributes of a span’s link',
    ),
  },
  logs: {
    attributeValueLengthLimit: lengthOf(
      'logs',
      'OTEL_LOGRECORD',
      'Characters of an attribute of a log record',
    ),
    attributeCountLimit: countOf('logs', 'OTEL_LOGRECORD', 'Attributes of a log record'),
  },
};

function lengthOf(signal: 'traces' | 'logs', prefix: string, what: string) {
  return setting({
    variables: [`${prefix}_ATTRIBUTE_VALUE_LENGTH_LIMIT`, 'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT'],
    options: [
      `${signal}.limits.attributeValueLengthLimit`,
      'attributeLimits.attributeValueLengthLimit',
    ],
    kind: limit,
    fallback: NONE,
    byDefault: 'no limit',
    says: `${what}; the rest is cut off.`,
  });
}

function countOf(signal: 'traces' | 'logs', prefix: string, what: string) {
  return setting({
    variables: [`${prefix}_ATTRIBUTE_COUNT_LIMIT`, 'OTEL_ATTRIBUTE_COUNT_LIMIT'],
    options: [`${signal}.limits.attributeCountLimit`, 'attributeLimits.attributeCountLimit'],
    kind: limit,
    fallback: 128,
    says: `${what}; more are dropped and counted.`,
  });
}

function spanRow(name: string, variable: string, what: string) {
  return setting({
    variables: [variable],
    options: [`traces.limits.${name}`],
    kind: limit,
    fallback: 128,
    says: `${what}; more are dropped and counted.`,
  });
}
