import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerReader } from './answer-reader.ts';
import { AnswerTooLarge } from './post.ts';

const bytes = (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1');

/** Reads an answer that arrives in parts; the connection stays open after them. */
function read(...parts: Buffer[]) {
  const reader = new AnswerReader();
  const answers = parts.map((part) => reader.push(part));
  return { reader, answer: answers.find((answer) => answer !== undefined) };
}

const known: [title: string, text: string, status: number, body: string, keepsAlive: boolean][] = [
  ['with a length', 'HTTP/1.1 200 OK\nContent-Length: 5\n\nhello', 200, 'hello', true],
  ['without a reason', 'HTTP/1.1 200\ncontent-length: 0\n\n', 200, '', true],
  ['without a body', 'HTTP/1.1 204 No Content\n\n', 204, '', true],
  [
    'after others',
    'HTTP/1.1 100 Continue\n\nHTTP/1.1 103 E\nlink: a\n\nHTTP/1.1 202 A\ncontent-length: 1\n\nx',
    202,
    'x',
    true,
  ],
  [
    'in chunks',
    'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5;a=b\nhello\nB\n, and again\n0\n\n',
    200,
    'hello, and again',
    true,
  ],
  [
    'with trailers',
    'HTTP/1.1 200 OK\ntransfer-encoding: CHUNKED\n\n1\na\n0\nx: y\nz: 1\n\n',
    200,
    'a',
    true,
  ],
  [
    'of one who ends the connection',
    'HTTP/1.1 503 No\nConnection: Close\ncontent-length: 2\n\nno',
    503,
    'no',
    false,
  ],
  ['of HTTP/1.0', 'HTTP/1.0 200 OK\ncontent-length: 2\n\nok', 200, 'ok', false],
  [
    'of HTTP/1.0 that keeps it',
    'HTTP/1.0 200 OK\nConnection: keep-alive\ncontent-length: 2\n\nok',
    200,
    'ok',
    true,
  ],
  [
    'with more than was asked for',
    'HTTP/1.1 200 OK\ncontent-length: 2\n\nokHTTP/1.1 200 OK',
    200,
    'ok',
    false,
  ],
];

describe('AnswerReader', () => {
  it.each(known)('reads an answer %s', (_title, text, status, body, keepsAlive) => {
    const { reader, answer } = read(bytes(text));
    expect(answer?.status).toBe(status);
    expect(Buffer.from(answer?.body ?? []).toString()).toBe(body);
    expect(reader.keepsAlive).toBe(keepsAlive);
  });

  it('reads the same however the network cuts it', () => {
    const cuts = fc.array(fc.nat({ max: 120 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...known.slice(0, -1)), cuts, ([, text, status, body], at) => {
        const all = bytes(text);
        const bounds = [0, ...at.toSorted((a, b) => a - b), all.length];
        const parts = bounds.slice(1).map((end, n) => all.subarray(bounds[n], end));
        const { answer } = read(...parts.filter((part) => part.length > 0));
        expect(answer?.status).toBe(status);
        expect(Buffer.from(answer?.body ?? []).toString()).toBe(body);
      }),
      { numRuns: 500 },
    );
  });

  it('waits for all of it', () => {
    for (const [, text] of known.slice(0, -1)) {
      const all = bytes(text);
      expect(read(all.subarray(0, -1)).answer).toBeUndefined();
    }
  });

  it('takes the end of the connection for the end of an answer without a length, and of no other', () => {
    const open = read(bytes('HTTP/1.1 200 OK\n\nhel'), bytes('lo'));
    expect(open.answer).toBeUndefined();
    expect(Buffer.from(open.reader.end()?.body ?? []).toString()).toBe('hello');
    expect(open.reader.keepsAlive).toBe(false);
    expect(read(bytes('HTTP/1.1 200 OK\ncontent-length: 9\n\nhello')).reader.end()).toBeUndefined();
    expect(read(bytes('HTTP/1.1 20')).reader.end()).toBeUndefined();
  });

  it('knows headers by their names in lower case, and how long the connection may be idle', () => {
    const { answer, reader } = read(
      bytes(
        'HTTP/1.1 429 No\nRetry-After:  7 \nKeep-Alive: timeout=5, max=9\nA: 1\na: 2\n__proto__: x\ncontent-length: 0\n\n',
      ),
    );
    expect(answer?.headers).toMatchObject({ 'retry-after': '7', a: '1, 2' });
    expect(reader.idleMillis).toBe(5000);
  });

  it.each([
    ['HTTP/2', '\0\0\x12\x04\0\0\0\0\0'],
    ['another protocol', '220 mail.example ESMTP'],
    ['an unknown version', 'HTTP/1.7 200 OK\n\n'],
    ['a line that is no header', 'HTTP/1.1 200 OK\nno header\n\n'],
    ['a length that is none', 'HTTP/1.1 200 OK\ncontent-length: 5, 6\n\nhello'],
    ['a negative length', 'HTTP/1.1 200 OK\ncontent-length: -5\n\nhello'],
    ['a chunk without size', 'HTTP/1.1 200 OK\ntransfer-encoding: chunked\n\nhello\n'],
    [
      'a chunk that is longer than its size',
      'HTTP/1.1 200 OK\ntransfer-encoding: chunked\n\n2\nhello\n',
    ],
    ['a head without end', `HTTP/1.1 200 OK\na: ${'x'.repeat(70_000)}`],
  ])('refuses %s', (_what, text) => {
    expect(() => read(bytes(text))).toThrow('the answer is not HTTP/1.1');
  });

  it.each(['content-length: 5000000\n\n', 'transfer-encoding: chunked\n\n4c4b40\n', '\n'])(
    'reads at most 4 MiB (%j)',
    (rest) => {
      const reader = new AnswerReader();
      reader.push(bytes(`HTTP/1.1 200 OK\n${rest}`));
      const part = Buffer.alloc(1024 * 1024);
      expect(() => {
        for (let n = 0; n < 5; n++) reader.push(part);
      }).toThrow(AnswerTooLarge);
    },
  );

  it('throws nothing but errors of its own, whatever arrives', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), fc.boolean(), (parts, isAnswer) => {
        const reader = new AnswerReader();
        try {
          if (isAnswer) reader.push(bytes('HTTP/1.1 200 OK\ntransfer-encoding: chunked\n\n'));
          for (const part of parts) if (reader.push(Buffer.from(part))) break;
        } catch (error) {
          expect((error as Error).message).toContain('the answer is');
        }
      }),
      { numRuns: 1000 },
    );
  });
});
