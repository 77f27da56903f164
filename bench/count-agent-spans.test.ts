import { describe, expect, it } from 'vitest';
import { countAgentSpans } from './count-agent-spans.ts';

const text = (length: number) => [0xd9, length, ...Buffer.alloc(length, 'x')];
const zeros = (length: number) => Array.from({ length }, () => 0);

// one value of every format of MessagePack, by the table of its specification
const formats: Record<string, number[]> = {
  'positive fixint': [0x7f],
  'negative fixint': [0xe0],
  fixmap: [0x82, 0x01, 0xa1, 0x61, 0x02, 0x91, 0x03],
  fixarray: [0x93, 0x01, 0x92, 0x02, 0x03, 0xc0],
  fixstr: [0xa3, 0x61, 0x62, 0x63],
  nil: [0xc0],
  false: [0xc2],
  true: [0xc3],
  'bin 8': [0xc4, 2, 0xff, 0xff],
  'bin 16': [0xc5, 0, 3, ...zeros(3)],
  'bin 32': [0xc6, 0, 0, 0, 1, 0],
  'ext 8': [0xc7, 2, 5, 0, 0],
  'ext 16': [0xc8, 0, 1, 5, 0],
  'ext 32': [0xc9, 0, 0, 0, 1, 5, 0],
  'float 32': [0xca, ...zeros(4)],
  'float 64': [0xcb, ...zeros(8)],
  'uint 8': [0xcc, 0xff],
  'uint 16': [0xcd, ...zeros(2)],
  'uint 32': [0xce, ...zeros(4)],
  'uint 64': [0xcf, ...zeros(8)],
  'int 8': [0xd0, 0x80],
  'int 16': [0xd1, ...zeros(2)],
  'int 32': [0xd2, ...zeros(4)],
  'int 64': [0xd3, ...zeros(8)],
  'fixext 1': [0xd4, 5, 0],
  'fixext 2': [0xd5, 5, ...zeros(2)],
  'fixext 4': [0xd6, 5, ...zeros(4)],
  'fixext 8': [0xd7, 5, ...zeros(8)],
  'fixext 16': [0xd8, 5, ...zeros(16)],
  'str 8': text(200),
  'str 16': [0xda, 1, 0, ...zeros(256)],
  'str 32': [0xdb, 0, 1, 0, 0, ...zeros(65_536)],
  'array 16': [0xdc, 0, 2, 0x01, 0xc3],
  'array 32': [0xdd, 0, 0, 0, 1, 0xc0],
  'map 16': [0xde, 0, 1, 0x01, 0x92, 0x01, 0x02],
  'map 32': [0xdf, 0, 0, 0, 1, 0x01, 0xa1, 0x61],
};

/** A request of one trace with a span whose only attribute is the value, and one of two spans without any. */
function requestWith(value: number[]): Uint8Array {
  const span = [0x81, 0xa4, 0x6d, 0x65, 0x74, 0x61, ...value];
  return Uint8Array.from([0x92, 0x91, ...span, 0x92, 0x80, 0x80]);
}

describe('countAgentSpans', () => {
  it.each(Object.entries(formats))('hops over a value of format %s', (_name, value) => {
    expect(countAgentSpans(requestWith(value))).toBe(3);
  });

  it('counts many traces of many spans', () => {
    const trace = [0xdc, 0x02, 0x00, ...zeros(512)]; // 512 spans that are integers: shape is not its business
    const traces = Array.from({ length: 20 }, () => trace).flat();
    expect(countAgentSpans(Uint8Array.from([0xdd, 0, 0, 0, 20, ...traces]))).toBe(10_240);
  });

  it('reads a view in the middle of a buffer', () => {
    const padded = Buffer.concat([Buffer.alloc(7, 0xff), requestWith([0xc0])]);
    expect(countAgentSpans(padded.subarray(7))).toBe(3);
  });

  it('says when the bytes are something else', () => {
    expect(() => countAgentSpans(Uint8Array.of(0x81))).toThrow(
      'byte 0: expected an array, got 0x81',
    );
    expect(() => countAgentSpans(requestWith([0xc1]))).toThrow('0xc1 begins no value');
    expect(() => countAgentSpans(requestWith([0xd9]))).toThrow(RangeError);
  });
});
