import { Writable } from 'node:stream';
import { trace } from '@opentelemetry/api';
import { init, type Telemetry } from '@org/otel-core';
import { type Collector, startCollector } from '@org/otel-testing/collector';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import winston from 'winston';
import { collectLines } from '../test/collect-lines.ts';
import { SlowTransport } from '../test/slow-transport.ts';
import { createLogger } from './create.logger.ts';
import { OtlpTransport } from './otlp.transport.ts';
import { traceFormat } from './trace.format.ts';
import { traceMeta } from './trace.meta.ts';

const service = 'every-way';
let collector: Collector;
let telemetry: Telemetry;
beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: service, exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

/** Runs the work in a span of its own; its ids as a line shows them. */
function inSpan(work: () => void): { traceID: string; spanID: string } {
  return trace.getTracer('test').startActiveSpan('work', (span) => {
    work();
    span.end();
    const { traceId, spanId } = span.spanContext();
    return { traceID: traceId, spanID: spanId };
  });
}

function parsed(lines: readonly string[]): Record<string, unknown>[] {
  return lines.map((line) => JSON.parse(line));
}

describe('ids of the call, whoever writes the line', () => {
  test('profile(), timers and write(), behind a slow transport', async () => {
    const slow = new SlowTransport(3);
    const logger = createLogger({ transports: [slow] });
    logger.profile('whole');
    const timer = logger.startTimer();
    const ids = [
      inSpan(() => logger.profile('whole')),
      inSpan(() => timer.done({ message: 'timed' })),
      inSpan(() => logger.write({ level: 'info', message: 'written' })),
    ];
    expect(parsed(await slow.all)).toMatchObject([
      { message: 'whole', durationMs: expect.any(Number), ...ids[0] },
      { message: 'timed', durationMs: expect.any(Number), ...ids[1] },
      { message: 'written', ...ids[2] },
    ]);
  });

  test.each([
    ['exceptions', 'uncaughtException'],
    ['rejections', 'unhandledRejection'],
  ] as const)('%s, on a line and over OTLP', async (kind, event) => {
    const { lines, transport } = collectLines();
    const before = process.rawListeners(event as 'uncaughtException');
    const logger = createLogger({ exitOnError: false, errors: true, transports: [] });
    logger[kind].handle(transport);
    logger[kind].handle(new OtlpTransport({ handleExceptions: true, handleRejections: true }));
    const added = process
      .rawListeners(event as 'uncaughtException')
      .filter((listener) => !before.includes(listener));
    expect(added).toHaveLength(1);
    const ids = inSpan(() => {
      for (const listener of added) listener(new TypeError('lost'));
    });
    logger[kind].unhandle();
    expect(parsed(lines)).toMatchObject([{ level: 'error', ...ids }]);
    expect(lines[0]).toContain('TypeError: lost');
    await telemetry.forceFlush();
    const records = collector.store.logs().filter((line) => line.traceId === ids.traceID);
    expect(records).toMatchObject([
      {
        spanId: ids.spanID,
        severity: 17,
        attributes: { 'exception.type': 'TypeError', 'exception.message': 'lost' },
      },
    ]);
  });

  test('loggers of a container', () => {
    const { lines, transport } = collectLines();
    const container = new winston.Container({
      defaultMeta: traceMeta(),
      format: winston.format.combine(traceFormat(), winston.format.json()),
      transports: [transport],
    });
    const other = new winston.Container();
    const a = inSpan(() => container.get('a').info('from a'));
    const b = inSpan(() => container.get('b').info('from b'));
    other.add('c', {
      defaultMeta: traceMeta({ c: true }),
      format: winston.format.combine(traceFormat(), winston.format.json()),
      transports: [transport],
    });
    const c = inSpan(() => other.get('c').info('from c'));
    expect(parsed(lines)).toMatchObject([a, b, { ...c, c: true }]);
    container.close();
    other.close();
  });

  test('one object or error logged again, while its first line still waits', async () => {
    const slow = new SlowTransport(5);
    const logger = createLogger({ transports: [slow], errors: true });
    const line = { level: 'info', message: 'again' };
    const error = new Error('again');
    logger.info('first in the queue');
    const ids = [
      inSpan(() => logger.log(line)),
      inSpan(() => logger.log(line)),
      inSpan(() => logger.error(error)),
      inSpan(() => logger.warn(error)),
    ];
    expect(parsed(await slow.all)).toMatchObject([
      { message: 'first in the queue' },
      { level: 'info', message: 'again', ...ids[0] },
      { level: 'info', message: 'again', ...ids[1] },
      { level: 'error', message: 'again', ...ids[2] },
      { level: 'warn', message: 'again', ...ids[3] },
    ]);
  });
});

describe('a level that is off', () => {
  test('costs no format, whichever transports and children there are', () => {
    const seen = vi.fn((info: winston.Logform.TransformableInfo) => info);
    const { lines, transport } = collectLines();
    transport.level = 'warn';
    const logger = createLogger({
      level: 'error',
      format: winston.format.combine(winston.format(seen)(), winston.format.json()),
      transports: [transport, collectLines().transport],
    });
    logger.info('off');
    logger.child({ a: 1 }).debug('off');
    expect(seen).not.toHaveBeenCalled();
    logger.warn('on for one');
    expect(seen).toHaveBeenCalledTimes(1);
    expect(lines).toHaveLength(1);
    logger.level = 'silly';
    transport.level = 'silly';
    logger.silly('on');
    expect(lines).toHaveLength(2);
    logger.silent = true;
    logger.error('silent');
    expect(seen).toHaveBeenCalledTimes(2);
  });

  test('a plain stream that the logger is piped into still gets every line', () => {
    const got: unknown[] = [];
    const logger = createLogger({ level: 'error', transports: [] });
    logger.pipe(
      new Writable({
        objectMode: true,
        write(line, _encoding, done) {
          got.push(line);
          done();
        },
      }),
    );
    logger.info('debug me');
    expect(got).toHaveLength(1);
  });
});

describe('lines that cannot be written as they are', () => {
  const throwing = {
    fine: 1,
    get boom(): never {
      throw new Error('no');
    },
  };

  test('never throw, lose no line and hold none back', () => {
    const { lines, transport } = collectLines();
    const logger = createLogger({ transports: [transport] });
    const circular: Record<string, unknown> = { big: 2n ** 70n };
    circular['self'] = circular;
    const ids = inSpan(() => {
      logger.info('circular', { circular });
      logger.info('nested getter', { throwing });
      logger.info('getter', throwing);
      logger.child({ kid: 1 }).info('getter of a child', throwing);
      logger.info('x'.repeat(1_000_000));
      logger.info('last');
    });
    const [first, nested, getter, ofChild, long, last] = parsed(lines);
    expect(first).toMatchObject({ circular: { big: String(2n ** 70n) }, ...ids });
    expect(nested).toMatchObject({ throwing: { fine: 1, boom: '[threw]' }, formatError: 'no' });
    expect(nested).toMatchObject({ message: 'nested getter', ...ids });
    expect(getter).toMatchObject({ message: 'getter', fine: 1, boom: '[threw]', ...ids });
    expect(ofChild).toMatchObject({ kid: 1, boom: '[threw]', ...ids });
    expect(String(long?.['message'])).toHaveLength(1_000_000);
    expect(last).toMatchObject({ message: 'last', ...ids });
  });

  test('go over OTLP too, a message of a megabyte whole', async () => {
    const logger = createLogger({ transports: [new OtlpTransport()] });
    const circular: Record<string, unknown> = { big: 2n ** 70n };
    circular['self'] = circular;
    const long = `long ${'x'.repeat(1_000_000)}`;
    const ids = inSpan(() => {
      logger.info('odd over OTLP', { circular, throwing });
      logger.info(long);
      logger.info('last over OTLP');
    });
    await telemetry.forceFlush();
    const of = (body: string) => collector.store.logs().find((line) => line.body === body);
    expect(of('odd over OTLP')?.attributes).toEqual({
      circular: { big: String(2n ** 70n), self: '[circular]' },
      throwing: { fine: 1, boom: '[threw]' },
    });
    for (const body of ['odd over OTLP', long, 'last over OTLP'])
      expect(of(body)).toMatchObject({ traceId: ids.traceID, spanId: ids.spanID });
  });

  test("an error of the app's own transport stays the app's", () => {
    const format = winston.format(() => {
      throw new Error('mine');
    })();
    const logger = createLogger({ transports: [new OtlpTransport({ format })] });
    expect(() => logger.info('text', { plain: true })).toThrow('mine');
  });

  test('an object graph without end is cut, not walked', async () => {
    let wide: object = { leaf: true };
    for (let depth = 0; depth < 7; depth++) wide = Array.from({ length: 40 }, () => wide);
    const logger = createLogger({
      format: winston.format.label({ label: '' }),
      transports: [new OtlpTransport()],
    });
    logger.info('wide', { wide });
    await telemetry.forceFlush();
    const record = collector.store.logs().find((line) => line.body === 'wide');
    expect(JSON.stringify(record?.attributes).length).toBeLessThan(50_000);
    expect(JSON.stringify(record?.attributes)).toContain('[more]');
  });
});

describe('exactly one record a line', () => {
  const format = winston.format.json();

  function bodies(prefix: string): unknown[] {
    return collector.store
      .logs()
      .map((line) => line.body)
      .filter((body) => String(body).startsWith(prefix));
  }

  test.each([
    ['createLogger()', (options: winston.LoggerOptions) => createLogger(options)],
    [
      'winston with traceMeta()',
      (options: winston.LoggerOptions) =>
        winston.createLogger({ ...options, defaultMeta: traceMeta() }),
    ],
  ])(
    '%s: the same transport twice, two of them, one with a format, shared arrays, children',
    async (name, make) => {
      const one = new OtlpTransport();
      const transports = [one, one, new OtlpTransport({ format }), new OtlpTransport()];
      const first = make({ format, transports });
      const second = make({ format, transports });
      const line = { level: 'info', message: `${name}: reused` };
      first.info(`${name}: first`);
      first.child({ a: 1 }).child({ b: 2 }).warn(`${name}: child`);
      second.info(`${name}: second`, { x: 1 });
      second.log(line);
      second.log(line);
      await telemetry.forceFlush();
      expect(bodies(name).sort()).toEqual([
        `${name}: child`,
        `${name}: first`,
        `${name}: reused`,
        `${name}: reused`,
        `${name}: second`,
      ]);
    },
  );

  test('the text form does not show in the body, nor nested ids in the attributes', async () => {
    const transports = [new OtlpTransport()];
    const ids = inSpan(() => {
      createLogger({ trace: { form: 'text' }, transports }).info('in text', { a: 1 });
      createLogger({ trace: { form: 'nested' }, transports }).info('in nest', { a: 1 });
    });
    await telemetry.forceFlush();
    for (const body of ['in text', 'in nest']) {
      const record = collector.store.logs().find((line) => line.body === body);
      expect(record).toMatchObject({ traceId: ids.traceID, attributes: { a: 1 } });
      expect(Object.keys(record?.attributes ?? {})).toEqual(['a']);
    }
  });
});
