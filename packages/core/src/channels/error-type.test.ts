import { expect, it } from 'vitest';
import { errorType } from '../index.ts';

class CardError extends Error {}

it.each([
  [new CardError('of its own'), 'CardError'],
  [Object.assign(new TypeError('x'), { code: 'ERR_INVALID_ARG_TYPE' }), 'TypeError'],
  [new Error('plain'), 'Error'],
  [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
  [Object.assign(new Error('x'), { code: 7 }), 'Error'],
  [Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
  [new DOMException('x', 'TimeoutError'), 'TimeoutError'],
  ['a text', '_OTHER'],
  [undefined, '_OTHER'],
])('%o is %s', (error, type) => {
  expect(errorType(error)).toBe(type);
});

it('is told of a value that refuses to be looked at too', () => {
  const refusing = new Proxy(new Error(), {
    getPrototypeOf() {
      throw new Error('no');
    },
  });
  expect(errorType(refusing)).toBe('_OTHER');
});
