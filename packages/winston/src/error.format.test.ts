import { describe, expect, test } from 'vitest';
import type winston from 'winston';
import { collectLines } from '../test/collect-lines.ts';
import { createLogger } from './create.logger.ts';
import { errorFormat } from './error.format.ts';
import { exceptionFields } from './exception-fields.ts';

function boom(): TypeError {
  const cause = new RangeError('too far', { cause: 'the start' });
  return Object.assign(new TypeError('broken', { cause }), { code: 'E_BROKEN' });
}

describe('errorFormat', () => {
  test.each([
    ['itself', (logger: winston.Logger, error: Error) => logger.error(error), 'broken'],
    [
      'behind a text',
      (logger: winston.Logger, error: Error) => logger.error('pay:', error),
      'pay: broken',
    ],
    ['as a field', (logger: winston.Logger, error: Error) => logger.error('pay', { error }), 'pay'],
    [
      'as the message',
      (logger: winston.Logger, error: Error) =>
        logger.log({ level: 'error', message: error as never }),
      'broken',
    ],
  ])('an error logged %s', (_name, log, message) => {
    const { lines, transport } = collectLines();
    const error = boom();
    log(createLogger({ errors: true, transports: [transport] }), error);
    const line = JSON.parse(lines[0] as string);
    expect(line).toMatchObject({
      level: 'error',
      message,
      'exception.type': 'TypeError',
      'exception.message': 'broken',
      'exception.code': 'E_BROKEN',
    });
    const stack = line['exception.stacktrace'];
    expect(stack).toContain(error.stack);
    expect(stack).toContain('\nCaused by: RangeError: too far\n');
    expect(stack).toMatch(/\nCaused by: the start$/);
    expect(Object.keys(line)).not.toContain('stack');
    expect(Object.keys(line)).not.toContain('error');
    expect(Object.keys(error)).not.toContain('exception.type');
  });

  test('a line without an error stays as it is', () => {
    const info = { level: 'info', message: 'fine', error: 'a word' };
    expect(errorFormat().transform(info)).toBe(info);
  });
});

describe('exceptionFields', () => {
  test('survives an error that causes itself and getters that throw', () => {
    const own = new Error('own');
    own.cause = own;
    expect(exceptionFields(own)['exception.stacktrace']).toBe(own.stack);
    const hostile = Object.defineProperty(new Error('hostile'), 'stack', {
      get() {
        throw new Error('no');
      },
    });
    expect(exceptionFields(hostile)).toMatchObject({
      'exception.type': 'Error',
      'exception.message': 'hostile',
    });
  });
});
