import { Writable } from 'node:stream';
import { trace } from '@opentelemetry/api';
import { init } from '@org/otel-core';
import { startCollector } from '@org/otel-testing/collector';
import { expect, test, vi } from 'vitest';
import winston from 'winston';
import { hostile, hostileArguments, random } from '../../core/test/hostile.ts';
import {
  createLogger,
  errorFormat,
  nestLogger,
  OtlpTransport,
  traceFormat,
  traceMeta,
} from './index.ts';

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
  const any = hostileArguments(10);
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
    () => nest.log(any(), any(), any()),
    () => nest.fatal(any(), any()),
    () => nest.debug(any()),
    () => nest.verbose(any(), any()),
    () => traceMeta(),
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

/** Ours, winston's or the value's own. */
const problem =
  /^(TypeError: (createLogger|nestLogger|traceFormat|OtlpTransport)\(|Error: (trap|getter)$)/;

test.each([
  ['createLogger(options)', (value: never) => createLogger(value)],
  ['createLogger({ trace })', (trace: never) => createLogger({ trace })],
  ['createLogger({ errors })', (errors: never) => createLogger({ errors })],
  ['traceFormat(options)', (value: never) => traceFormat(value)],
  ['traceFormat({ fields })', (fields: never) => traceFormat({ fields })],
  ['traceFormat({ form })', (form: never) => traceFormat({ form })],
  [
    'traceFormat({ form, under })',
    (under: never) => traceFormat({ form: 'nested', under, zeros: under, sampledOnly: under }),
  ],
  ['nestLogger(logger)', (logger: never) => nestLogger(logger)],
  ['new OtlpTransport(options)', (value: never) => new OtlpTransport(value)],
  [
    'new OtlpTransport({ severities })',
    (severities: never) =>
      new OtlpTransport({ severities }).log({ level: 'info', message: 'a' }, () => {}),
  ],
])('%s with a hostile value: taken, or refused with its name', (_name, call) => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  vi.spyOn(process, 'emitWarning').mockReturnValue();
  for (const value of hostile) {
    try {
      call(value as never);
    } catch (error) {
      expect(`${error}`).toMatch(problem);
    }
  }
  vi.restoreAllMocks();
});
