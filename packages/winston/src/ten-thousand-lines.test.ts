import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { trace } from '@opentelemetry/api';
import { init, type Telemetry } from '@org/otel-core';
import { type Collector, startCollector } from '@org/otel-testing/collector';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import winston from 'winston';
import { inManyRequests, wrongIds } from '../test/in-many-requests.ts';
import { SlowTransport } from '../test/slow-transport.ts';
import { createLogger } from './create.logger.ts';

const LOAD = { requests: 200, lines: 50 };
const LINES = LOAD.requests * LOAD.lines;

let collector: Collector;
let telemetry: Telemetry;
beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: 'load', exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

/** The requests take turns. */
async function logLoad(logger: winston.Logger): Promise<void> {
  await inManyRequests(LOAD, (text, want) => logger.info(text, want));
}

/** One request after another, without a pause in which a line could drain; half of them through a child logger. */
async function logBurst(logger: winston.Logger): Promise<void> {
  const child = logger.child({ kid: true });
  const tracer = trace.getTracer('test');
  for (let request = 0; request < LOAD.requests; request++) {
    tracer.startActiveSpan('request', (span) => {
      const { traceId, spanId } = span.spanContext();
      const mine = request % 2 === 0 ? logger : child;
      for (let i = 0; i < LOAD.lines; i++) mine.info('line', { want: `${traceId}/${spanId}` });
      span.end();
    });
  }
}

/** Resolves when the transport has written all lines: winston ends it with the logger, and loses what still waits there. */
function allLogged(transport: winston.transport): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let lines = 0;
  transport.on('logged', () => {
    if (++lines === LINES) resolve();
  });
  return promise;
}

function expectAllRight(lines: readonly string[]): void {
  expect(lines).toHaveLength(LINES);
  expect(wrongIds(lines)).toEqual([]);
}

describe.each([
  ['200 requests at once', logLoad],
  ['a burst before anything drains', logBurst],
])('10,000 lines, %s: none with a wrong or missing id', (_name, log) => {
  test('Console', async () => {
    const lines: string[] = [];
    const logger = createLogger({ transports: [new winston.transports.Console()] });
    const write = vi
      .spyOn((console as unknown as { _stdout: Writable })._stdout ?? process.stdout, 'write')
      .mockImplementation((chunk) => lines.push(String(chunk).trimEnd()) > 0);
    await log(logger).finally(() => write.mockRestore());
    expectAllRight(lines);
  });

  test('File', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'otel-winston-'));
    const filename = join(folder, 'app.log');
    const file = new winston.transports.File({ filename });
    const written = allLogged(file);
    const logger = createLogger({ transports: [file] });
    await log(logger);
    await written;
    const finished = once(file, 'finish');
    logger.end();
    await finished;
    const lines = (await readFile(filename, 'utf8')).trimEnd().split('\n');
    await rm(folder, { recursive: true });
    expectAllRight(lines);
  });

  test('Stream that pushes back', async () => {
    const lines: string[] = [];
    const stream = new Writable({
      highWaterMark: 1,
      write(chunk, _encoding, done) {
        lines.push(String(chunk).trimEnd());
        setImmediate(done);
      },
    });
    const logger = createLogger({ transports: [new winston.transports.Stream({ stream })] });
    await log(logger);
    logger.end();
    stream.end();
    await once(stream, 'finish');
    expectAllRight(lines);
  });

  test('a slow transport like Http, one line at a time', async () => {
    const slow = new SlowTransport(LINES, setImmediate);
    await log(createLogger({ transports: [slow] }));
    if (log === logBurst) expect(slow.lines.length).toBeLessThan(LINES); // most of them wait
    expectAllRight(await slow.all);
  });
});
