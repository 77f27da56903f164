import { createTraceState, type HrTime } from '@opentelemetry/api';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { protobufSpans } from './encode-spans.ts';

const numRuns = process.env['OTEL_TEST_FULL'] ? 100_000 : 1_000;

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 400 }));

const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.boolean(),
    fc.double(),
    fc.maxSafeInteger(),
    fc.integer(),
    fc.constantFrom(null, -0, 2 ** 31, 2 ** 53, -(2 ** 63), 2 ** 63),
    fc.uint8Array(),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.string({ maxLength: 8 }), tie('any'), { maxKeys: 4 }),
  ),
})).any;

// Few keys and few values: what was written the last time comes again.
const attributes = fc.oneof(
  fc.dictionary(text, value, { maxKeys: 6 }),
  fc.dictionary(fc.constantFrom('a', 'b', 'http.route'), fc.constantFrom('/x', 200, true, 0, -0)),
);

const hex = (digits: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: digits, maxLength: digits });

const context = fc.record(
  {
    traceId: hex(32),
    spanId: hex(16),
    traceFlags: fc.integer({ min: 0, max: 255 }),
    isRemote: fc.boolean(),
    traceState: fc.constantFrom('vendor=1', 'a=b,c=d').map(createTraceState),
  },
  { requiredKeys: ['traceId', 'spanId', 'traceFlags'] },
);

// Outside other code writes them, see below.
const time: fc.Arbitrary<HrTime> = fc.tuple(
  fc.integer({ min: 0, max: 3_999_999_999 }),
  fc.integer({ min: 0, max: 999_999_999 }),
);
const count = fc.nat({ max: 1000 });

const event = fc.record(
  { name: text, time, attributes, droppedAttributesCount: count },
  { requiredKeys: ['name', 'time'] },
);
const link = fc.record(
  { context, attributes, droppedAttributesCount: count },
  { requiredKeys: ['context'] },
);
const status = fc.record(
  { code: fc.integer({ min: 0, max: 2 }), message: text },
  { requiredKeys: ['code'] },
);

const resources = [
  resourceFromAttributes({ 'service.name': 'shop' }),
  resourceFromAttributes({}, { schemaUrl: 'https://example.com/schema' }),
];
const scopes = [
  { name: 'shop' },
  { name: '', version: '1', schemaUrl: 'https://example.com/other' },
];

const span = fc
  .record(
    {
      context,
      parentSpanContext: context,
      name: text,
      kind: fc.integer({ min: 0, max: 4 }),
      startTime: time,
      endTime: time,
      status,
      attributes,
      events: fc.array(event, { maxLength: 3 }),
      links: fc.array(link, { maxLength: 3 }),
      resource: fc.constantFrom(...resources),
      instrumentationScope: fc.constantFrom(...scopes),
      droppedAttributesCount: count,
      droppedEventsCount: count,
      droppedLinksCount: count,
    },
    { noNullPrototype: true },
  )
  .map(
    ({ context, ...rest }) => ({ ...rest, spanContext: () => context }) as unknown as ReadableSpan,
  );

it(`writes what the official transformer writes, byte for byte, for ${numRuns} arbitrary batches`, () => {
  const property = fc.property(fc.array(span, { maxLength: 4 }), (spans) => {
    const official = ProtobufTraceSerializer.serializeRequest(spans) ?? new Uint8Array();
    expect(Buffer.from(protobufSpans(spans)).equals(official)).toBe(true);
  });
  fc.assert(property, { numRuns });
}, 3_600_000);

it('tells times that no double holds exactly, before 1970 and after 2096', () => {
  const timeOf = (seconds: number) => {
    const [given] = fc.sample(span, { numRuns: 1, seed: 7 });
    const bytes = Buffer.from(
      protobufSpans([{ ...(given as ReadableSpan), startTime: [seconds, 999_999_999] }]),
    );
    const wanted = Buffer.alloc(9, 0x39);
    wanted.writeBigInt64LE(BigInt(seconds) * 1_000_000_000n + 999_999_999n, 1);
    return bytes.includes(wanted);
  };
  expect([-1, 0, 1_800_000_000, 3_999_999_999, 4_000_000_000, 9_000_000_000].map(timeOf)).toEqual(
    new Array(6).fill(true),
  );
});
