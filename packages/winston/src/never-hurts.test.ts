import { Writable } from 'node:stream';
import { trace } from '@opentelemetry/api';
import { init } from '@org/otel-core';
import { startCollector } from '@org/otel-testing/collector';
import { expect, test, vi } from 'vitest';
import winston from 'winston';
import { hostile, random } from '../../core/test/hostile.ts';
import { createLogger, errorFormat, nestLogger, OtlpTransport, traceFormat } from './index.ts';

const CALLS = process.env['OTEL_TEST_FULL'] === '1' ? 100_000 : 5000;

function sink(): winston.transport {
  const stream = new Writable({ write: (_line, _encoding, done) => done() });
  return new winston.transports.Stream({ stream });
}

test(`${CALLS} calls of every function with hostile arguments: 0 throws, the good neighbours delivered`, async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await using collector = await startCollector();
  await using telemetry = init({ exporter: { otlpHttp: { endpoint: collector.url } } });
  const draw = random(10);
  const any = () => hostile[Math.floor(draw() * hostile.length)] as never;
  const plain = winston.createLogger({
    format: winston.format((info) => info)(),
    transports: [sink()],
  });
  const logger = createLogger({ errors: true, transports: [new OtlpTransport(), sink()] });
  const nest = nestLogger(logger);
  const transport = new OtlpTransport();
  /** What winston itself cannot take is not ours to mend. */
  function log(...given: [never, ...never[]]): void {
    try {
      plain.info(...given);
    } catch {
      return;
    }
    logger.info(...given);
  }
  const calls = [
    () => traceFormat().transform(any(), any()),
    () => traceFormat({ sampledOnly: any(), zeros: any() }).transform(any()),
    () => errorFormat().transform(any(), any()),
    () => transport.log(any(), () => {}),
    () => transport.log({ level: any(), message: any(), field: any() }, () => {}),
    () => log('line' as never, any(), any()),
    () => log(any(), any()),
    () => log('line' as never, { field: any(), other: [any()] } as never),
    () => nest.log({ message: 'line', field: any() }),
    () => nest.error('line', any(), any()),
    () => nest.warn('line', any()),
  ];
  for (let n = 0; n < CALLS; n++) {
    trace.getTracer('app').startActiveSpan('work', (span) => {
      calls[Math.floor(draw() * calls.length)]?.();
      span.end();
    });
    if (n % 500 === 0) {
      logger.info('fine');
      await telemetry.forceFlush();
    }
  }
  await telemetry.forceFlush();
  vi.restoreAllMocks();
  const fine = collector.store.logs().filter(({ body }) => body === 'fine');
  expect(fine).toHaveLength(CALLS / 500);
}, 600_000);
