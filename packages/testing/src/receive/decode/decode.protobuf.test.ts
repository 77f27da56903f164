import protobuf, { type Type } from 'protobufjs';
import { describe, expect, test } from 'vitest';
import { independentTypes, randomObject } from '../../../test/independent.otlp.ts';
import { seeded } from '../../../test/random.ts';
import type { Signal } from '../../telemetry.ts';
import { decodeProtobuf } from './decode.protobuf.ts';
import { Malformed } from './malformed.ts';
import { type Field, type Message, requests } from './schema.ts';

const types = independentTypes();
const signals = Object.keys(requests) as Signal[];

/** Both decoders' results in one notation: 64-bit integers as text, bytes as hex. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function independent(type: Type, bytes: Uint8Array): unknown {
  return plain(type.toObject(type.decode(bytes), { longs: String }));
}

function encoded(type: Type, seed: number): Uint8Array {
  return type.encode(type.fromObject(randomObject(type, seeded(seed)))).finish();
}

function verdict(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return 'refused';
  }
}

describe.each(signals)('%s', (signal) => {
  const type = types[signal];
  const message = requests[signal];

  test('700 random messages decode to what protobufjs decodes from the published .proto files', () => {
    for (let seed = 1; seed <= 700; seed += 1) {
      const bytes = encoded(type, seed);
      const got = plain(decodeProtobuf(message, bytes));
      expect(got, `seed ${seed}`).toEqual(independent(type, bytes));
    }
  });

  test('a message cut off anywhere is refused exactly where protobufjs refuses it', () => {
    let refused = 0;
    for (let seed = 1; seed <= 300; seed += 1) {
      const bytes = encoded(type, seed);
      const cut = bytes.subarray(0, seeded(seed + 7).below(bytes.length + 1));
      const got = verdict(() => plain(decodeProtobuf(message, cut)));
      expect(got, `seed ${seed}`).toEqual(verdict(() => independent(type, cut)));
      if (got === 'refused') refused += 1;
    }
    expect(refused).toBeGreaterThan(100);
  });

  test('2,000 damaged messages and random bytes decode or are refused, and nothing else', () => {
    let refused = 0;
    for (let seed = 1; seed <= 2000; seed += 1) {
      const random = seeded(seed);
      const bytes = seed % 2 ? random.bytes(random.below(200)) : encoded(type, seed).slice();
      for (let flips = 0; flips < 3; flips += 1)
        bytes[random.below(bytes.length)] = random.below(256);
      try {
        decodeProtobuf(message, bytes);
      } catch (error) {
        expect(error, `seed ${seed}`).toBeInstanceOf(Malformed);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(1000);
  });

  test('every field of the published .proto files is known, under its JSON name', () => {
    compareFields(type, message, new Set());
  });
});

function compareFields(type: Type, message: Message, seen: Set<Type>): void {
  if (seen.has(type)) return;
  seen.add(type);
  for (const field of type.fieldsArray) {
    const [name, known] = message.byNumber.get(field.id) ?? [];
    expect(name, field.fullName).toBe(field.name);
    expect(known?.repeated ?? false, field.fullName).toBe(field.repeated);
    const inner = field.resolve().resolvedType;
    if (inner instanceof protobuf.Type) compareFields(inner, messageOf(known), seen);
    else if (inner) expect(known?.names, field.fullName).toEqual(Object.keys(inner.values));
  }
}

function messageOf(field: Field | undefined): Message {
  if (typeof field?.type !== 'function') throw new Error('expected a field that holds a message');
  return field.type();
}

const bytes = (...parts: (number | string | readonly number[])[]) => {
  return Buffer.concat(
    parts.map((part) =>
      typeof part === 'string' ? Buffer.from(part) : Buffer.from([part].flat()),
    ),
  );
};

/** Wraps the content of a message into the field of the one around it. */
const within = (field: number, content: Uint8Array) => {
  const length =
    content.length < 128 ? [content.length] : [(content.length & 127) | 128, content.length >> 7];
  return Buffer.concat([Buffer.from([field * 8 + 2, ...length]), content]);
};

const span = (content: Uint8Array) => within(1, within(2, within(2, content)));
const log = span;
const decodeSpan = (content: Uint8Array) => {
  const raw = plain(decodeProtobuf(requests.traces, span(content))) as {
    resourceSpans: [{ scopeSpans: [{ spans: [unknown] }] }];
  };
  return raw.resourceSpans[0].scopeSpans[0].spans[0];
};

describe('on the wire', () => {
  test('an empty body is an empty request', () => {
    expect(decodeProtobuf(requests.traces, new Uint8Array())).toEqual({});
  });

  test('unknown fields of every wire type are passed over', () => {
    const unknown = bytes(
      [0xa0, 0x06, 0x96, 0x01], // 100: varint
      [0xa1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8], // 100: 64 bits
      [0xa2, 0x06, 3, 1, 2, 3], // 100: bytes
      [0xa3, 0x06, 0x08, 0x01, 0x0b, 0x0c, 0xa4, 0x06], // 100: a group with a group in it
      [0xa5, 0x06, 1, 2, 3, 4], // 100: 32 bits
    );
    expect(decodeSpan(Buffer.concat([unknown, bytes([0x2a, 2], 'ok'), unknown]))).toEqual({
      name: 'ok',
    });
  });

  test('event_name, which is newer than the .proto files at hand, is read', () => {
    const raw = plain(decodeProtobuf(requests.logs, log(bytes([0x62, 5], 'login'))));
    expect(raw).toEqual({
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ eventName: 'login' }] }] }],
    });
  });

  test('a singular message that comes twice is merged, the last scalar wins', () => {
    const twice = bytes([0x7a, 3, 0x12, 1], 'a', [0x7a, 5, 0x18, 2, 0x12, 1], 'b');
    expect(decodeSpan(twice)).toEqual({ status: { code: 2, message: 'b' } });
  });

  test('the last member of a oneof pushes the others out', () => {
    const value = within(2, bytes([0x0a, 1], 'x', [0x18, 7]));
    expect(decodeSpan(within(9, value))).toEqual({ attributes: [{ value: { intValue: '7' } }] });
  });

  test('repeated numbers are read packed and one by one', () => {
    const one = [0, 0, 0, 0, 0, 0, 0];
    const point = bytes([0x32, 8, 5, ...one], [0x31, 6, ...one]);
    const histogram = within(1, within(2, within(2, within(9, within(1, point)))));
    const raw = JSON.stringify(plain(decodeProtobuf(requests.metrics, histogram)));
    expect(raw).toContain('"bucketCounts":["5","6"]');
  });

  test.each([
    [
      'a name that ends early',
      bytes([0x2a, 9], 'short'),
      /Span\.name: truncated: 9 bytes announced, 5 left/,
    ],
    ['a fixed64 that ends early', bytes([0x39, 1, 2]), /Span\.startTimeUnixNano: truncated/],
    ['a varint that ends early', bytes([0x30, 0xff]), /Span\.kind: truncated/],
    [
      'a varint without end',
      bytes([0x30, ...Array(11).fill(0xff)]),
      /Span\.kind: a varint of more than ten bytes/,
    ],
    ['a length beyond 2^53', bytes([0x2a, ...Array(9).fill(0xff), 1]), /Span\.name: truncated/],
    [
      'text that is not UTF-8',
      bytes([0x2a, 2, 0xc3, 0x28]),
      /Span\.name: a string that is not UTF-8/,
    ],
    [
      'a trace id of 15 bytes',
      bytes([0x0a, 15, ...Array(15).fill(1)]),
      /Span\.traceId: an id of 15 bytes, expected 16/,
    ],
    [
      'a span id of 16 bytes',
      bytes([0x12, 16, ...Array(16).fill(1)]),
      /Span\.spanId: an id of 16 bytes, expected 8/,
    ],
    ['the wrong wire type', bytes([0x28, 1]), /Span\.name: wire type 0, expected 2/],
    ['field number 0', bytes([0x02, 0]), /field number 0/],
    ['wire type 7', bytes([0xa7, 0x06]), /field 100 has wire type 7/],
    ['a group that ends as another', bytes([0xa3, 0x06, 0x0c]), /group 100 ends as group 1/],
    ['a group without end', bytes([0xa3, 0x06, 0x08, 1]), /truncated/],
    ['an end of group alone', bytes([0xa4, 0x06]), /field 100 has wire type 4/],
  ])('%s is refused', (_what, content, reason) => {
    expect(() => decodeSpan(content)).toThrow(reason);
    expect(() => decodeSpan(content)).toThrow(Malformed);
  });

  test('a value nested a hundred thousand deep is refused, not a stack overflow', () => {
    const opened = Buffer.alloc(200_000, Buffer.from([0x0b]));
    expect(() =>
      decodeProtobuf(requests.traces, Buffer.concat([bytes([0xa3, 0x06]), opened])),
    ).toThrow(/nested deeper than 100/);
    let nested: Uint8Array = bytes([0x08, 1]);
    for (let depth = 0; depth < 60; depth += 1) nested = within(5, within(1, nested));
    expect(() => decodeSpan(within(9, within(2, nested)))).toThrow(/nested deeper than 100/);
  });
});
