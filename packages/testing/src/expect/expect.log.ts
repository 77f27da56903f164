import { renderLog, severityName } from '../show/render.log.ts';
import type { LogRecord } from '../telemetry.ts';
import { type ExpectOptions, expectRecord, type RecordMatcher } from './expect.record.ts';
import type { ExpectedText } from './match.span.ts';
import {
  differsIn,
  differsInAttributes,
  type ExpectedAttributes,
  type ExpectedValue,
} from './match.value.ts';
import type { TelemetrySource } from './source.ts';

/** A level, which covers its four numbers, or one number of OTLP. */
export type ExpectedSeverity = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | number;

/** A log record as a test states it; what is not stated is not looked at. */
export interface ExpectedLog {
  /** The resource's `service.name`. */
  readonly service?: ExpectedText;
  readonly body?: ExpectedValue;
  readonly severity?: ExpectedSeverity;
  readonly severityText?: ExpectedText;
  readonly eventName?: ExpectedText;
  readonly attributes?: ExpectedAttributes;
  /** Hex; an empty string means outside any trace. */
  readonly traceId?: ExpectedText;
  /** Hex; an empty string means outside any span. */
  readonly spanId?: ExpectedText;
  /** The span it was written in: both ids at once. */
  readonly span?: { readonly traceId: string; readonly spanId: string };
  /** The name of the instrumentation scope. */
  readonly scope?: ExpectedText;
  /** Attributes of the resource. */
  readonly resource?: ExpectedAttributes;
}

/**
 * Waits until a log record is as stated, and returns it.
 * @throws Error after the timeout; the message shows the closest records and what differs.
 * @example
 * await expectLog(collector, { service: 'shop', severity: 'info', body: /order \d+ taken/, span: trace.root.span });
 */
export function expectLog(
  source: TelemetrySource,
  expected: ExpectedLog,
  options: ExpectOptions = {},
): Promise<LogRecord> {
  return expectRecord(source, logMatcher('expectLog', expected), options);
}

/** The matcher of log records, for `expectLog` and `expectNoLog`. */
export function logMatcher(matcher: string, expected: ExpectedLog): RecordMatcher<LogRecord> {
  return {
    matcher,
    noun: 'log record',
    list: (store) => store.logs(),
    differences: (log) => logDifferences(expected, log),
    alike: (log) => differsIn('service', expected.service, log.service).length === 0,
    render: (log) => renderLog(log),
  };
}

function logDifferences(expected: ExpectedLog, log: LogRecord): string[] {
  return [
    ...differsIn('service', expected.service, log.service),
    ...differsIn('body', expected.body, log.body),
    ...severityDifference(expected.severity, log.severity),
    ...differsIn('severityText', expected.severityText, log.severityText),
    ...differsIn('eventName', expected.eventName, log.eventName),
    ...differsInAttributes('attributes', expected.attributes, log.attributes),
    ...differsIn('traceId', expected.traceId, log.traceId),
    ...differsIn('spanId', expected.spanId, log.spanId),
    ...differsIn('span.traceId', expected.span?.traceId, log.traceId),
    ...differsIn('span.spanId', expected.span?.spanId, log.spanId),
    ...differsIn('scope', expected.scope, log.scope.name),
    ...differsInAttributes('resource', expected.resource, log.resource.attributes),
  ];
}

function severityDifference(expected: ExpectedSeverity | undefined, got: number): string[] {
  if (typeof expected !== 'string') return differsIn('severity', expected, got);
  const name = severityName(got);
  if (name.replace(/\d$/, '').toLowerCase() === expected) return [];
  return [`severity: expected ${expected}, got ${name || 'none'} (${got})`];
}
