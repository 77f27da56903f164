import { Writable } from 'node:stream';
import { getHeapStatistics } from 'node:v8';
import { describe, expect, test } from 'vitest';
import winston from 'winston';
import { collectLines } from '../test/collect-lines.ts';
import { createLogger } from './create.logger.ts';

const CALLS = 10_000;
const IN_A_ROW = 5;

/**
 * Whether calls come to leave nothing on the heap. What is counted holds for compiled code, and when V8 compiles is its
 * own affair: rounds are repeated until several in a row, none with a collection in it, have kept less than a bit a call.
 */
function allocatesNothing(call: () => void, rounds = 500): boolean {
  let inARow = 0;
  for (let round = 0; round < rounds && inARow < IN_A_ROW; round++) {
    const before = getHeapStatistics().used_heap_size;
    for (let i = 0; i < CALLS; i++) call();
    const bytes = (getHeapStatistics().used_heap_size - before) / CALLS;
    inARow = bytes >= 0 && bytes < 1 / 8 ? inARow + 1 : 0;
  }
  return inARow === IN_A_ROW;
}

function nowhere(): winston.transport {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
  return new winston.transports.Stream({ stream });
}

describe('a level that is off', () => {
  const meta = { order: 7 };

  test.each([
    ['a text', (logger: winston.Logger) => () => logger.debug('off')],
    ['metadata', (logger: winston.Logger) => () => logger.debug('off', meta)],
    ['log()', (logger: winston.Logger) => () => logger.log('debug', 'off', meta)],
  ])('allocates nothing: %s', (_name, caller) => {
    const logger = createLogger({ defaultMeta: { service: 'shop' }, transports: [nowhere()] });
    expect(allocatesNothing(caller(logger))).toBe(true);
    expect(allocatesNothing(caller(logger.child({ part: 'a' })))).toBe(true);
  });

  test("winston's own logger does allocate: the test above can fail", () => {
    const logger = winston.createLogger({ transports: [nowhere()] });
    expect(allocatesNothing(() => logger.debug('off'), 50)).toBe(false);
  });

  test('returns the logger that was called, and reads no metadata', () => {
    const { lines, transport } = collectLines();
    const logger = createLogger({
      defaultMeta: {
        get asked(): never {
          throw new Error('not for a line that is off');
        },
      },
      transports: [transport],
    });
    const child = logger.child({});
    expect(logger.debug('off')).toBe(logger);
    expect(child.debug('off')).toBe(child);
    expect(child.log('debug', 'off')).toBe(child);
    const { debug } = logger;
    expect(Reflect.apply(debug, undefined, ['off'])).toBe(logger);
    expect(lines).toEqual([]);
  });

  test('is seen anew at each line', () => {
    const { lines, transport } = collectLines();
    const logger = createLogger({ transports: [transport] });
    logger.debug('off');
    logger.level = 'debug';
    logger.debug('on');
    logger.silent = true;
    logger.error('silent');
    logger.silent = false;
    logger.log('debug', 'on again');
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(['on', 'on again']);
  });

  test('is seen anew when transports come and go', () => {
    const [quiet, loud] = [collectLines(), collectLines()];
    loud.transport.level = 'debug';
    const logger = createLogger({ transports: [quiet.transport] });
    logger.debug('off');
    logger.add(loud.transport);
    logger.debug('on');
    logger.remove(loud.transport);
    logger.debug('off again');
    expect(loud.lines).toHaveLength(1);
    expect(quiet.lines).toEqual([]);
  });
});
