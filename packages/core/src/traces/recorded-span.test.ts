import {
  type Attributes,
  ROOT_CONTEXT,
  SamplingDecision,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
} from '@opentelemetry/api';
import { defaultResource } from '@opentelemetry/resources';
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpanLimitSettings } from '../settings/settings.ts';
import type { RecordedSpan } from './recorded-span.ts';
import { SpanRecorder } from './span-recorder.ts';

const numRuns = process.env['OTEL_TEST_FULL'] ? 100_000 : 1_000;

const defaultSpanLimits: SpanLimitSettings = {
  attributeValueLengthLimit: Number.POSITIVE_INFINITY,
  attributeCountLimit: 128,
  eventCountLimit: 128,
  linkCountLimit: 128,
  eventAttributeCountLimit: 128,
  linkAttributeCountLimit: 128,
};
const small: SpanLimitSettings = {
  attributeValueLengthLimit: 5,
  attributeCountLimit: 4,
  eventCountLimit: 2,
  linkCountLimit: 2,
  eventAttributeCountLimit: 1,
  linkAttributeCountLimit: 1,
};

const decided = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  randomFlag: 0,
  result: { decision: SamplingDecision.RECORD_AND_SAMPLED },
};
const caller = { ...decided, traceFlags: TraceFlags.SAMPLED };

function ours(limits: SpanLimitSettings, own?: Attributes): RecordedSpan {
  const recorder = new SpanRecorder(defaultResource(), [], limits);
  const origin = recorder.originOf({ name: 'test', version: '1', options: undefined });
  return recorder.start(origin, 'span', { kind: SpanKind.CLIENT }, own, ROOT_CONTEXT, decided);
}

function official(limits: SpanLimitSettings): Span {
  const spanLimits = {
    ...limits,
    attributePerEventCountLimit: limits.eventAttributeCountLimit,
    attributePerLinkCountLimit: limits.linkAttributeCountLimit,
  };
  const provider = new TracerProvider({ spanLimits });
  return provider.getTracer('test', '1').startSpan('span', { kind: SpanKind.CLIENT }, ROOT_CONTEXT);
}

/** What was recorded, without ids and the times of the clock. */
function seen(span: Span) {
  const readable = span as unknown as ReadableSpan;
  const { name, kind, status, attributes, events, links } = readable;
  const { droppedAttributesCount, droppedEventsCount, droppedLinksCount } = readable;
  const dropped = [droppedAttributesCount, droppedEventsCount, droppedLinksCount];
  const untimed = events.map(({ time, ...event }) => event);
  return { name, kind, status, attributes, events: untimed, links, dropped };
}

const key = fc.constantFrom('', 'a', 'b', 'c', 'd', 'e', 'f');
const value = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, undefined, Number.NaN, 1n, Symbol('s'), new Uint8Array(9)),
  fc.array(fc.oneof(fc.string(), fc.constant(null), fc.integer()), { maxLength: 3 }),
  fc.dictionary(key, fc.oneof(fc.string(), fc.constant(undefined)), { maxKeys: 3 }),
) as fc.Arbitrary<never>;
const attributes = fc.dictionary(key, value, { maxKeys: 6, noNullPrototype: true });
const text = fc.string({ maxLength: 8 });
const error = fc.oneof(
  text,
  text.map((message) => new TypeError(message)),
  text.map((code) => Object.assign(new Error('failed'), { code })),
);

type Call = (span: Span) => void;

const call: fc.Arbitrary<Call> = fc.oneof(
  fc.tuple(key, value).map(
    ([name, given]): Call =>
      (span) =>
        span.setAttribute(name, given),
  ),
  attributes.map(
    (given): Call =>
      (span) =>
        span.setAttributes(given),
  ),
  fc.tuple(text, attributes).map(
    ([name, given]): Call =>
      (span) =>
        span.addEvent(name, given),
  ),
  text.map(
    (name): Call =>
      (span) =>
        span.addEvent(name, 1000),
  ),
  attributes.map(
    (given): Call =>
      (span) =>
        span.addLink({ context: caller, attributes: given }),
  ),
  fc.record({ code: fc.integer({ min: 0, max: 2 }), message: text }).map(
    (status): Call =>
      (span) =>
        span.setStatus(status),
  ),
  text.map(
    (name): Call =>
      (span) =>
        span.updateName(name),
  ),
  error.map(
    (given): Call =>
      (span) =>
        span.recordException(given),
  ),
  fc.constant<Call>((span) => span.end()),
);

describe('a recorded span', () => {
  it.each([
    ['small', small],
    ['default', defaultSpanLimits],
  ])(
    `keeps and drops what the SDK's does, for ${numRuns} arbitrary lists of calls (%s limits)`,
    (_name, limits) => {
      const property = fc.property(fc.array(call, { maxLength: 12 }), (calls) => {
        const [mine, theirs] = [ours(limits), official(limits)];
        for (const each of calls) {
          each(mine);
          each(theirs);
        }
        expect(seen(mine)).toEqual(seen(theirs));
      });
      fc.assert(property, { numRuns });
    },
    3_600_000,
  );

  it('takes attributes of the channels as they are, unless a limit is in the way', () => {
    const own = { a: 'attributes', b: 2, c: true, d: 'd', e: 'e' };
    expect(ours(defaultSpanLimits, own).attributes).toBe(own);
    const cut = ours(small, own);
    expect(cut.attributes).toEqual({ a: 'attri', b: 2, c: true, d: 'd' });
    expect(cut.droppedAttributesCount).toBe(1);
  });

  it('counts what comes after adopted attributes against the limit', () => {
    const span = ours({ ...defaultSpanLimits, attributeCountLimit: 2 }, { a: 1, b: 2 });
    span.setAttributes({ a: 3, c: 4 });
    expect(span.attributes).toEqual({ a: 3, b: 2 });
    expect(span.droppedAttributesCount).toBe(1);
  });

  it('lets a processor change what the processor can change of a span of the SDK', () => {
    const [mine, theirs] = [ours(defaultSpanLimits), official(defaultSpanLimits)];
    for (const span of [mine, theirs]) {
      const open = span as RecordedSpan;
      open.status = { code: SpanStatusCode.ERROR, message: 'set' };
      open.events.push({ name: 'added', time: [1, 0] });
      open.links.push({ context: caller });
      open.attributes['key'] = 'added';
    }
    expect(seen(mine)).toEqual(seen(theirs));
    expect(mine.status).toEqual({ code: SpanStatusCode.ERROR, message: 'set' });
    expect([mine.events.length, mine.links.length]).toEqual([1, 1]);
  });

  it('ends once, and never before it began', () => {
    const span = ours(defaultSpanLimits);
    expect([span.ended, span.duration]).toEqual([false, [-1, -1]]);
    span.end([1, 5]);
    span.end();
    expect([span.ended, span.endTime, span.duration]).toEqual([true, span.startTime, [0, 0]]);
    span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('late', true).addEvent('late');
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
    expect([span.attributes, span.events]).toEqual([{}, []]);
  });

  it.each([
    ['milliseconds', 2_000_000_000_500, [2_000_000_000, 500_000_000]],
    ['a Date', new Date(2_000_000_000_500), [2_000_000_000, 500_000_000]],
    ['seconds and nanoseconds', [2_000_000_000, 7], [2_000_000_000, 7]],
  ] as const)('takes a time as %s', (_kind, given, wanted) => {
    const span = ours(defaultSpanLimits);
    span.end(given as Date);
    expect(span.endTime).toEqual(wanted);
  });

  it.each([[Number.NaN], [new Date(Number.NaN)], [[Number.NaN, 1]], [1e300], ['text'], [null]])(
    'ends now where the time is none: %s',
    (given) => {
      const span = ours(defaultSpanLimits);
      const before = Date.now();
      span.end(given as never);
      const end = span.endTime[0] * 1000 + span.endTime[1] / 1e6;
      expect(end).toBeGreaterThan(before - 1000);
      expect(end).toBeLessThan(Date.now() + 1000);
    },
  );
});
