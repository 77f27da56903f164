import { trace } from '@opentelemetry/api';
import { init, type Telemetry } from '@org/otel-core';
import { type Collector, startCollector } from '@org/otel-testing/collector';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import winston from 'winston';
import { collectLines } from '../test/collect-lines.ts';
import { createLogger } from './create.logger.ts';
import { nestLogger } from './nest.logger.ts';

let collector: Collector;
let telemetry: Telemetry;
beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: 'nest', exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

function nestWith(options: winston.LoggerOptions = {}) {
  const { lines, transport } = collectLines();
  const nest = nestLogger(createLogger({ level: 'silly', ...options, transports: [transport] }));
  return { nest, lines: () => lines.map((line) => JSON.parse(line)) };
}

describe('nestLogger', () => {
  test('shows level, context and ids', () => {
    const { nest, lines } = nestWith();
    const { traceId, spanId } = trace.getTracer('test').startActiveSpan('work', (span) => {
      nest.log('started', 'Bootstrap');
      span.end();
      return span.spanContext();
    });
    nest.warn('bare');
    expect(lines()).toEqual([
      { level: 'info', message: 'started', context: 'Bootstrap', traceID: traceId, spanID: spanId },
      { level: 'warn', message: 'bare' },
    ]);
  });

  test.each([
    ['npm', { fatal: 'error', error: 'error', warn: 'warn', log: 'info', verbose: 'verbose' }],
    ['syslog', { fatal: 'emerg', error: 'error', warn: 'warning', log: 'info', verbose: 'debug' }],
  ] as const)('the levels of %s', (set, expected) => {
    const { levels } = winston.config[set];
    const { nest, lines } = nestWith({ levels, level: Object.keys(levels).at(-1) as string });
    for (const name of Object.keys(expected) as (keyof typeof expected)[]) nest[name](name);
    const got = Object.fromEntries(lines().map((line) => [line.message, line.level]));
    expect(got).toEqual(expected);
  });

  test('error() with a stack, as Nest calls it', () => {
    const { nest, lines } = nestWith();
    const error = new Error('broken');
    nest.error('broken', error.stack, 'Cats');
    nest.error('broken', error.stack);
    nest.error('broken', undefined, 'Cats');
    nest.error('broken', 'Cats');
    nest.error(error, 'Cats');
    const broken = { level: 'error', message: 'broken' };
    expect(lines()).toEqual([
      { ...broken, stack: error.stack, context: 'Cats' },
      { ...broken, stack: error.stack },
      { ...broken, context: 'Cats' },
      { ...broken, context: 'Cats' },
      { ...broken, context: 'Cats', stack: error.stack },
    ]);
  });

  test('objects, several messages and functions', () => {
    const { nest, lines } = nestWith();
    nest.log({ message: 'with fields', sku: 'a-1' }, 'Shop');
    nest.log({ sku: 'a-1' }, 'Shop');
    nest.log('one', 'two', 'Shop');
    nest.debug(() => 'made', 'Shop');
    nest.log(undefined, undefined);
    expect(lines()).toEqual([
      { level: 'info', message: 'with fields', sku: 'a-1', context: 'Shop' },
      { level: 'info', message: { sku: 'a-1' }, context: 'Shop' },
      { level: 'info', message: 'one', context: 'Shop' },
      { level: 'info', message: 'two', context: 'Shop' },
      { level: 'debug', message: 'made', context: 'Shop' },
      { level: 'info', message: 'undefined' },
    ]);
  });
});
