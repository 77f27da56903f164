import type { LogRecord, Metric, Origin, Span, TelemetryBatch } from '../src/telemetry.ts';

/** A span as a test makes it: a few facts and what is below it. */
export interface MadeSpan extends Partial<Omit<Span, 'status'>> {
  readonly name: string;
  readonly status?: Partial<Span['status']>;
  readonly spans?: readonly MadeSpan[];
}

/** The trace id of the spans that `spansOf` makes when none is given. */
export const madeTraceId = '4bf92f3577b34da6a3ce929d0e0e4736';

function origin(service = 'shop'): Origin {
  const resource = { attributes: { 'service.name': service }, schemaUrl: '' };
  return { service, resource, scope: { name: 'made', version: '', attributes: {}, schemaUrl: '' } };
}

/** The spans of a tree, parents first, with ids 1, 2, 3 ... unless they are given. */
export function spansOf(...roots: readonly MadeSpan[]): Span[] {
  let count = 0;
  return roots.flatMap((root) => grow(root, ''));

  function grow({ spans = [], status, ...facts }: MadeSpan, parentSpanId: string): Span[] {
    count += 1;
    const start = BigInt(count) * 1_000_000n;
    const span: Span = {
      ...origin(facts.service),
      traceId: madeTraceId,
      spanId: count.toString(16).padStart(16, '0'),
      parentSpanId,
      traceState: '',
      flags: 1,
      kind: 'internal',
      startTime: start,
      endTime: start + 12_340_000n,
      attributes: {},
      events: [],
      links: [],
      droppedAttributes: 0,
      droppedEvents: 0,
      droppedLinks: 0,
      ...facts,
      status: { code: 'unset', message: '', ...status },
    };
    const { traceId, spanId } = span;
    return [span, ...spans.flatMap((child) => grow({ traceId, ...child }, spanId))];
  }
}

/** A log record with a few facts given. */
export function logOf(facts: Partial<LogRecord>): LogRecord {
  return {
    ...origin(facts.service),
    time: 1_700_000_000_123_000_000n,
    observedTime: 0n,
    severity: 9,
    severityText: 'info',
    body: 'hello',
    eventName: '',
    attributes: {},
    droppedAttributes: 0,
    flags: 0,
    traceId: '',
    spanId: '',
    ...facts,
  };
}

/** A metric with a few facts given; its points need only what the test is about. */
export function metricOf({
  points = [],
  ...facts
}: Partial<Omit<Metric, 'points'>> & { points?: Partial<Metric['points'][number]>[] }): Metric {
  const blank = { attributes: {}, startTime: 0n, time: 0n, flags: 0, exemplars: [] };
  return {
    ...origin(facts.service),
    name: 'made',
    description: '',
    unit: '',
    type: 'gauge',
    metadata: {},
    ...facts,
    points: points.map((point) => ({ ...blank, ...point })),
  };
}

/** A batch with what is given. */
export function batchOf(parts: Partial<TelemetryBatch>): TelemetryBatch {
  return { spans: [], logs: [], metrics: [], ...parts };
}
