import { setImmediate as turn } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { init, type Telemetry } from '@org/otel-core';
import { type Collector, startCollector } from '@org/otel-testing/collector';
import { WinstonModule } from 'nest-winston';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import winston from 'winston';
import { collectLines } from '../test/collect-lines.ts';
import { SlowTransport } from '../test/slow-transport.ts';
import { createLogger } from './create.logger.ts';
import { traceFormat } from './trace.format.ts';
import { traceMeta } from './trace.meta.ts';

let collector: Collector;
let telemetry: Telemetry;
beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: 'winston', exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

const CALLS = 200;

/** 200 requests at once, each in its own span; every line says which ids it should carry. */
async function logFromManyContexts(log: (text: string, want: object) => void) {
  const tracer = trace.getTracer('test');
  await Promise.all(
    Array.from({ length: CALLS }, () =>
      tracer.startActiveSpan('request', async (span) => {
        const { traceId, spanId } = span.spanContext();
        await turn();
        log('one', { want: `${traceId}/${spanId}` });
        await turn();
        log('two', { want: `${traceId}/${spanId}` });
        span.end();
      }),
    ),
  );
}

function wrongIds(lines: string[]): number {
  return lines
    .map((line) => JSON.parse(line))
    .filter((line) => line.want !== `${line.traceID}/${line.spanID}`).length;
}

describe('createLogger', () => {
  test('200 concurrent contexts behind a slow transport: no wrong id', async () => {
    const slow = new SlowTransport(2 * CALLS);
    const logger = createLogger({ transports: [slow] });
    await logFromManyContexts((text, want) => logger.info(text, want));
    expect(wrongIds(await slow.all)).toBe(0);
  });

  test('the same through child loggers, and through children of children', async () => {
    const slow = new SlowTransport(2 * CALLS);
    const child = createLogger({ transports: [slow] })
      .child({ part: 'a' })
      .child({ deep: true });
    await logFromManyContexts((text, want) => child.info(text, want));
    const lines = await slow.all;
    expect(wrongIds(lines)).toBe(0);
    expect(JSON.parse(lines[0] as string)).toMatchObject({ part: 'a', deep: true });
  });

  test('the same for every call form', async () => {
    const slow = new SlowTransport(2 * CALLS);
    const logger = createLogger({ transports: [slow] });
    let calls = 0;
    await logFromManyContexts((text, want) => {
      if (calls++ % 2 === 0) logger.log({ level: 'info', message: text, ...want });
      else logger.log('warn', text, want);
    });
    expect(wrongIds(await slow.all)).toBe(0);
  });

  test('the format alone does get them wrong there: the test above can fail', async () => {
    const slow = new SlowTransport(2 * CALLS);
    const logger = winston.createLogger({ format: traceFormatAndJson(), transports: [slow] });
    await logFromManyContexts((text, want) => logger.info(text, want));
    expect(wrongIds(await slow.all)).toBeGreaterThan(0);
  });

  test('adds no other field, and keeps the own format, metadata and levels', () => {
    const { lines, transport } = collectLines();
    let count = 0;
    const logger = createLogger({
      levels: { audit: 0, chatter: 1 },
      level: 'audit',
      defaultMeta: {
        service: 'shop',
        get nth() {
          return ++count;
        },
      },
      format: winston.format.combine(winston.format.label({ label: 'L' }), winston.format.json()),
      transports: [transport],
      trace: { fields: 'snake_case' },
    }) as winston.Logger & { audit: winston.LeveledLogMethod; chatter: winston.LeveledLogMethod };
    trace.getTracer('test').startActiveSpan('work', (span) => {
      logger.audit('one');
      logger.chatter('not shown');
      const { traceId, spanId } = span.spanContext();
      expect(JSON.parse(lines[0] as string)).toEqual({
        level: 'audit',
        message: 'one',
        label: 'L',
        service: 'shop',
        nth: 1,
        trace_id: traceId,
        span_id: spanId,
        trace_flags: '03',
      });
      span.end();
    });
    expect(lines).toHaveLength(1);
    logger.audit('two');
    expect(JSON.parse(lines[1] as string)).toEqual({
      level: 'audit',
      message: 'two',
      label: 'L',
      service: 'shop',
      nth: 2, // the line that was not shown did not ask
    });
  });
});

describe('nest-winston', () => {
  test('an instance of createLogger() shows context and ids', () => {
    const { lines, transport } = collectLines();
    const nest = WinstonModule.createLogger({
      instance: createLogger({ transports: [transport] }),
    });
    trace.getTracer('test').startActiveSpan('work', (span) => {
      nest.log('started', 'Bootstrap');
      const { traceId, spanId } = span.spanContext();
      expect(JSON.parse(lines[0] as string)).toEqual({
        level: 'info',
        message: 'started',
        context: 'Bootstrap',
        traceID: traceId,
        spanID: spanId,
      });
      span.end();
    });
  });

  test('its own logger, given traceMeta() and traceFormat(), does too, under back-pressure', async () => {
    const slow = new SlowTransport(2 * CALLS);
    const nest = WinstonModule.createLogger({
      defaultMeta: traceMeta({ app: 'api-node' }),
      format: traceFormatAndJson(),
      transports: [slow],
    });
    await logFromManyContexts((message, want) => nest.log({ message, ...want }, 'Cats'));
    const lines = await slow.all;
    expect(wrongIds(lines)).toBe(0);
    expect(JSON.parse(lines[0] as string)).toMatchObject({ context: 'Cats', app: 'api-node' });
  });
});

function traceFormatAndJson() {
  return winston.format.combine(traceFormat(), winston.format.json());
}
