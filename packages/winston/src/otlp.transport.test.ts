import { setImmediate as turn } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { init, type Telemetry } from '@org/otel-core';
import { expectLog } from '@org/otel-testing';
import { type Collector, startCollector } from '@org/otel-testing/collector';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import winston from 'winston';
import { SlowTransport } from '../test/slow-transport.ts';
import { createLogger } from './create.logger.ts';
import { OtlpTransport, type OtlpTransportOptions } from './otlp.transport.ts';
import { version } from './version.ts';

const service = 'winston-otlp';
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

function loggerWith(options?: OtlpTransportOptions, more: winston.LoggerOptions = {}) {
  return createLogger({ level: 'silly', ...more, transports: [new OtlpTransport(options)] });
}

/** The record with this body, after a flush. */
async function record(body: string) {
  await telemetry.forceFlush();
  return expectLog(collector, { service, body });
}

describe('OtlpTransport', () => {
  test('a line is one record with time, severity, attributes, scope and the span it was logged in', async () => {
    const before = Date.now();
    const { traceId, spanId } = trace.getTracer('test').startActiveSpan('work', (span) => {
      loggerWith().warn('stock is low', {
        sku: 'a-1',
        left: 2,
        flags: ['x', 'y'],
        nested: { deep: true },
      });
      span.end();
      return span.spanContext();
    });
    const line = await record('stock is low');
    expect(line).toMatchObject({ traceId, spanId, severity: 13, severityText: 'warn' });
    expect(line.attributes).toEqual({
      sku: 'a-1',
      left: 2,
      flags: ['x', 'y'],
      nested: { deep: true },
    });
    expect(line.scope).toMatchObject({ name: '@org/otel-winston', version });
    expect(Number(line.time / 1_000_000n)).toBeGreaterThanOrEqual(before);
    expect(Number(line.time / 1_000_000n)).toBeLessThanOrEqual(Date.now());
  });

  test('outside a span a record has no ids', async () => {
    loggerWith().info('outside');
    expect(await record('outside')).toMatchObject({ traceId: '', spanId: '', severity: 9 });
  });

  test.each([
    ['npm', { error: 17, warn: 13, info: 9, http: 8, verbose: 6, debug: 5, silly: 1 }],
    [
      'syslog',
      { emerg: 21, alert: 19, crit: 18, error: 17, warning: 13, notice: 10, info: 9, debug: 5 },
    ],
    [
      'cli',
      {
        error: 17,
        warn: 13,
        help: 11,
        data: 10,
        info: 9,
        debug: 5,
        prompt: 4,
        verbose: 3,
        input: 2,
        silly: 1,
      },
    ],
  ] as const)('the severities of %s', async (name, expected) => {
    const levels = winston.config[name].levels;
    const logger = loggerWith({}, { levels, level: Object.keys(levels).at(-1) as string });
    for (const level of Object.keys(levels)) logger.log(level, `${name} ${level}`);
    const got: Record<string, number> = {};
    for (const level of Object.keys(levels)) {
      got[level] = (await record(`${name} ${level}`)).severity;
    }
    expect(got).toEqual(expected);
  });

  test('own levels: by option, by a common name, else unspecified', async () => {
    const levels = { fatal: 0, audit: 1, odd: 2 };
    const logger = loggerWith({ severities: { audit: 11 } }, { levels, level: 'odd' });
    for (const level of Object.keys(levels)) logger.log(level, `own ${level}`);
    expect((await record('own fatal')).severity).toBe(21);
    expect((await record('own audit')).severity).toBe(11);
    expect(await record('own odd')).toMatchObject({ severity: 0, severityText: 'odd' });
  });

  test('errors are exception.*, whichever way they were logged', async () => {
    const error = new TypeError('broken');
    const expected = {
      'exception.type': 'TypeError',
      'exception.message': 'broken',
      'exception.stacktrace': error.stack,
    };
    loggerWith().error('as meta', error);
    expect((await record('as meta broken')).attributes).toMatchObject(expected);
    loggerWith().error('as field', { error, order: 7 });
    expect((await record('as field')).attributes).toEqual({ ...expected, order: 7 });
    loggerWith({}, { format: winston.format.errors({ stack: true }) }).error(
      new TypeError('by format'),
    );
    expect((await record('by format')).attributes).toMatchObject({
      'exception.type': 'TypeError',
      'exception.message': 'by format',
      'exception.stacktrace': expect.stringContaining('TypeError: by format'),
    });
  });

  test('colours stay on the terminal, and ids are not repeated as attributes', async () => {
    const format = winston.format.combine(
      winston.format.colorize({ all: true, colors: { info: 'red' } }),
      winston.format.timestamp(),
    );
    trace.getTracer('test').startActiveSpan('work', (span) => {
      loggerWith({}, { format }).info('coloured', { order: 7 });
      span.end();
    });
    const line = await record('coloured');
    expect(line).toMatchObject({ severityText: 'info', severity: 9 });
    expect(line.attributes).toEqual({ order: 7 });
  });

  test('odd metadata never throws and never stops the next line', async () => {
    const circular: Record<string, unknown> = { big: 12345678901234567890n, no: undefined };
    circular['self'] = circular;
    const throwing = Object.defineProperty({}, 'boom', {
      enumerable: true,
      get() {
        throw new Error('no');
      },
    });
    const logger = loggerWith({}, { format: winston.format.label({ label: 'l' }) });
    logger.info('odd', { circular, throwing, call() {}, when: new Date(0) });
    expect((await record('odd')).attributes).toEqual({
      label: 'l',
      circular: { big: '12345678901234567890', self: '[circular]' },
      throwing: { boom: '[threw]' },
      when: '1970-01-01T00:00:00.000Z',
    });
  });

  test('beside a slow transport: each record has the ids of its call, and there is one record a line', async () => {
    const calls = 50;
    const slow = new SlowTransport(calls);
    const logger = createLogger({ transports: [slow, new OtlpTransport()] });
    const tracer = trace.getTracer('test');
    const wanted = await Promise.all(
      Array.from({ length: calls }, (_, i) =>
        tracer.startActiveSpan('request', async (span) => {
          await turn();
          logger.child({ i }).info(`slow ${i}`);
          span.end();
          return span.spanContext();
        }),
      ),
    );
    await slow.all;
    await telemetry.forceFlush();
    for (const [i, { traceId, spanId }] of wanted.entries()) {
      await expectLog(collector, { service, body: `slow ${i}`, traceId, attributes: { i } });
      const same = collector.store.logs().filter((line) => line.body === `slow ${i}`);
      expect(same.map((line) => line.spanId)).toEqual([spanId]);
    }
  });

  test('one transport shared by two loggers still makes one record a line', async () => {
    const shared = new OtlpTransport();
    createLogger({ transports: [shared] }).info('from the first');
    createLogger({ transports: [shared] }).info('from the second');
    await record('from the first');
    await record('from the second');
    const bodies = collector.store.logs().map((line) => line.body);
    expect(bodies.filter((body) => String(body).startsWith('from the'))).toHaveLength(2);
  });

  test('the level of the transport holds', async () => {
    const logger = loggerWith({ level: 'warn' });
    logger.info('held back');
    logger.warn('let through');
    await record('let through');
    expect(collector.store.logs().map((line) => line.body)).not.toContain('held back');
  });
});
