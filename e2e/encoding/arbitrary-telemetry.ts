import type { Attributes, AttributeValue, HrTime } from '@opentelemetry/api';
import fc from 'fast-check';

/** What is given to a tracer. */
export interface ArbitrarySpan {
  readonly name: string;
  readonly kind: number;
  readonly start: HrTime;
  readonly end: HrTime;
  readonly attributes: Attributes;
  readonly events: readonly {
    readonly name: string;
    readonly time: HrTime;
    readonly attributes: Attributes;
  }[];
  readonly links: readonly {
    readonly traceId: string;
    readonly spanId: string;
    readonly attributes: Attributes;
  }[];
  readonly status: { readonly code: number; readonly message: string };
}

/** What is given to a logger. */
export interface ArbitraryRecord {
  readonly time: HrTime;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: AttributeValue;
  readonly attributes: Attributes;
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom('', '\0', '\ud800', 'a\udc00b', 'é', '名前', '😀', 'x'.repeat(300)),
);
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom(0, -0, 0.5, -1, 2 ** 31, -(2 ** 53) + 1, 1e300, Number.MIN_VALUE),
);
const scalar = fc.oneof(text, number, fc.boolean());
const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  { weight: 5, arbitrary: scalar },
  fc.array(text, { maxLength: 4 }),
  fc.array(number, { maxLength: 4 }),
  fc.array(fc.boolean(), { maxLength: 4 }),
);
const key = fc.oneof(
  fc.constantFrom('http.request.method', 'url.path', 'http.response.status_code', '__proto__'),
  text.filter((each) => each !== ''),
);
const attributes: fc.Arbitrary<Attributes> = fc
  .array(fc.tuple(key, value), { maxLength: 8 })
  .map((pairs) => Object.fromEntries(pairs) as Attributes);

const seconds = fc.integer({ min: 1, max: 4_000_000_000 });
const time: fc.Arbitrary<HrTime> = fc.tuple(seconds, fc.integer({ min: 0, max: 999_999_999 }));

const hex = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((bytes) => Buffer.from(bytes).toString('hex'))
    .filter((id) => !/^0+$/.test(id));

/** A span with whatever the API allows. */
export const arbitrarySpan: fc.Arbitrary<ArbitrarySpan> = fc
  .record({
    name: text,
    kind: fc.integer({ min: 0, max: 4 }),
    start: time,
    lasts: fc.integer({ min: 0, max: 1_000_000 }),
    attributes,
    events: fc.array(fc.record({ name: text, time, attributes }), { maxLength: 3 }),
    links: fc.array(fc.record({ traceId: hex(16), spanId: hex(8), attributes }), { maxLength: 3 }),
    status: fc.record({ code: fc.integer({ min: 0, max: 2 }), message: text }),
  })
  .map(({ lasts, ...span }) => ({
    ...span,
    end: [span.start[0] + lasts, span.start[1]] as HrTime,
  }));

/** A log record with whatever the API allows. */
export const arbitraryRecord: fc.Arbitrary<ArbitraryRecord> = fc.record({
  time,
  severityNumber: fc.integer({ min: 1, max: 24 }),
  severityText: text,
  body: value,
  attributes,
});
