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

async function logLoad(logger: winston.Logger): Promise<void> {
  await inManyRequests(LOAD, (text, want) => logger.info(text, want));
}

function expectAllRight(lines: readonly string[]): void {
  expect(lines).toHaveLength(LINES);
  expect(wrongIds(lines)).toEqual([]);
}

describe('10,000 lines of 200 requests at once, none with a wrong or missing id', () => {
  test('Console', async () => {
    const lines: string[] = [];
    const logger = createLogger({ transports: [new winston.transports.Console()] });
    const write = vi
      .spyOn((console as unknown as { _stdout: Writable })._stdout ?? process.stdout, 'write')
      .mockImplementation((chunk) => lines.push(String(chunk).trimEnd()) > 0);
    await logLoad(logger).finally(() => write.mockRestore());
    expectAllRight(lines);
  });

  test('File', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'otel-winston-'));
    const filename = join(folder, 'app.log');
    const file = new winston.transports.File({ filename });
    const logger = createLogger({ transports: [file] });
    await logLoad(logger);
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
    await logLoad(logger);
    logger.end();
    stream.end();
    await once(stream, 'finish');
    expectAllRight(lines);
  });

  test('a slow transport like Http, one line at a time', async () => {
    const slow = new SlowTransport(LINES, setImmediate);
    await logLoad(createLogger({ transports: [slow] }));
    expectAllRight(await slow.all);
  });

  test('a burst, everything logged before the first line drains', async () => {
    const slow = new SlowTransport(LINES, setImmediate);
    const logger = createLogger({ transports: [slow] });
    const tracer = trace.getTracer('test');
    for (let request = 0; request < LOAD.requests; request++) {
      tracer.startActiveSpan('request', (span) => {
        const { traceId, spanId } = span.spanContext();
        for (let i = 0; i < LOAD.lines; i++) {
          logger.info('line', { want: `${traceId}/${spanId}` });
        }
        span.end();
      });
    }
    expect(slow.lines.length).toBeLessThan(LINES);
    expectAllRight(await slow.all);
  });
});
