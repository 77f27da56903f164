import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { logs, trace } from '@opentelemetry/api';
import { init } from '@org/otel-core';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  type ArbitraryRecord,
  type ArbitrarySpan,
  arbitraryRecord,
  arbitrarySpan,
} from './encoding/arbitrary-telemetry.ts';
import { expectedRecord, expectedSpan } from './encoding/expected-items.ts';
import { decodeWithPython, type SentRequest } from './encoding/python-decoder.ts';

const runs = process.env['OTEL_TEST_FULL'] ? 100_000 : 1000;

/** What arrived, undecoded. */
async function startRawCollector() {
  const requests: SentRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const signal = request.url === '/v1/traces' ? 'traces' : 'logs';
    requests.push({ signal, body: Buffer.concat(chunks) });
    response.end();
  });
  // No server of the application: its requests are no spans.
  Object.assign(server, { [Symbol.for('org.otel.untraced')]: true });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function makeSpan(span: ArbitrarySpan): void {
  const { name, kind, start, attributes, links } = span;
  const made = trace.getTracer('arbitrary').startSpan(name, {
    kind,
    startTime: start,
    attributes,
    links: links.map(({ traceId, spanId, attributes }) => ({
      context: { traceId, spanId, traceFlags: 1 },
      attributes,
    })),
    root: true,
  });
  for (const event of span.events) made.addEvent(event.name, event.attributes, event.time);
  if (span.status.code !== 0) made.setStatus(span.status);
  made.end(span.end);
}

function makeRecord({ time, ...record }: ArbitraryRecord): void {
  logs.getLogger('arbitrary').emit({ timestamp: time, observedTimestamp: time, ...record });
}

/** Makes everything, with turns of the event loop between full batches, and reads what was sent. */
async function throughPython<T>(items: readonly T[], make: (item: T) => void): Promise<unknown[]> {
  using collector = await startRawCollector();
  await using telemetry = init({ exporter: { otlpHttp: { endpoint: collector.url } } });
  for (const [n, item] of items.entries()) {
    make(item);
    if (n % 512 === 511) for (let turns = 0; turns < 5; turns++) await turn();
  }
  await telemetry.forceFlush();
  return decodeWithPython(collector.requests);
}

beforeAll(() => void vi.stubEnv('OTEL_METRICS_EXPORTER', 'none'));
afterAll(() => void vi.unstubAllEnvs());

it(`${runs} arbitrary spans are what Python's opentelemetry-proto reads`, async () => {
  const spans = fc.sample(arbitrarySpan, { numRuns: runs, seed: 1 });
  const read = await throughPython(spans, makeSpan);
  expect(read).toHaveLength(runs);
  for (const [n, span] of spans.entries()) expect(read[n]).toEqual(expectedSpan(span));
}, 3_600_000);

it(`${runs} arbitrary log records are what Python's opentelemetry-proto reads`, async () => {
  const records = fc.sample(arbitraryRecord, { numRuns: runs, seed: 2 });
  const read = await throughPython(records, makeRecord);
  expect(read).toHaveLength(runs);
  for (const [n, record] of records.entries()) expect(read[n]).toEqual(expectedRecord(record));
}, 3_600_000);
