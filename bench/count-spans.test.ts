import { describe, expect, it } from 'vitest';
import { countSpans } from './count-spans.ts';

/** A protobuf field that holds bytes. */
function field(number: number, ...contents: Uint8Array[]): Uint8Array {
  const body = Buffer.concat(contents);
  return Buffer.concat([varint((number << 3) | 2), varint(body.length), body]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128);
  return Uint8Array.from([...bytes, rest]);
}

const resource = field(1, Buffer.from('a resource'));
const schemaUrl = field(3, Buffer.from('https://opentelemetry.io/schemas/1.45.0'));
const span = field(2, Buffer.alloc(300, 0xff)); // its inside is nobody's message

describe('countSpans', () => {
  it('counts the spans of every scope of every resource', () => {
    const scope = field(1, Buffer.from('a scope'));
    const scopeSpans = field(2, scope, span, span, schemaUrl);
    const request = Buffer.concat([
      field(1, resource, scopeSpans, scopeSpans, schemaUrl),
      field(1, resource, field(2, span)),
    ]);
    expect(countSpans(request)).toBe(5);
  });

  it('counts none in an empty request and in one without spans', () => {
    expect(countSpans(new Uint8Array())).toBe(0);
    expect(countSpans(field(1, resource))).toBe(0);
  });

  it('hops over lengths of several bytes', () => {
    const spans = Array.from({ length: 512 }, () => span);
    expect(countSpans(field(1, resource, field(2, ...spans)))).toBe(512);
  });

  it('says when the bytes are something else', () => {
    expect(() => countSpans(Buffer.from([0x08, 0x01]))).toThrow('field 1 is not a message or text');
  });
});
