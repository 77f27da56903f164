import { setImmediate as turn } from 'node:timers/promises';
import { logs, trace } from '@opentelemetry/api';
import { init } from '@org/otel-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FoundCollector, findCollector, optionalPart } from '../tools/cache.ts';
import {
  type ArbitraryRecord,
  type ArbitrarySpan,
  arbitraryRecord,
  arbitrarySpan,
} from './encoding/arbitrary-telemetry.ts';
import { expectedRecord, expectedSpan } from './encoding/expected-items.ts';
import { decodeWithPython } from './encoding/python-decoder.ts';
import { startPdataRelay } from './encoding/start-pdata-relay.ts';
import { startRawCollector } from './encoding/start-raw-collector.ts';

const runs = process.env['OTEL_TEST_FULL'] ? 100_000 : 1000;
const otelcol = await optionalPart(findCollector());

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

/** Makes everything, with turns of the event loop between full batches. */
async function send<T>(url: string, items: readonly T[], make: (item: T) => void): Promise<void> {
  await using telemetry = init({ exporter: { otlpHttp: { endpoint: url } } });
  for (const [n, item] of items.entries()) {
    make(item);
    if (n % 512 === 511) for (let turns = 0; turns < 12; turns++) await turn();
  }
  await telemetry.forceFlush();
}

async function throughPython<T>(items: readonly T[], make: (item: T) => void): Promise<unknown[]> {
  using receiver = await startRawCollector();
  await send(receiver.url, items, make);
  return decodeWithPython(receiver.requests);
}

/** Python judges what pdata made of it. */
async function throughPdata<T>(items: readonly T[], make: (item: T) => void): Promise<unknown[]> {
  using receiver = await startRawCollector();
  await using relay = await startPdataRelay(otelcol as FoundCollector, receiver.url);
  await send(relay.url, items, make);
  return decodeWithPython(receiver.requests);
}

beforeAll(() => void vi.stubEnv('OTEL_METRICS_EXPORTER', 'none'));
afterAll(() => void vi.unstubAllEnvs());

describe.each([
  ["Python's opentelemetry-proto", throughPython, true],
  ["Go's pdata", throughPdata, otelcol !== undefined],
])('0 mismatches with %s', (_decoder, through, isThere) => {
  it.skipIf(!isThere)(
    `${runs} arbitrary spans`,
    async () => {
      const spans = fc.sample(arbitrarySpan, { numRuns: runs, seed: 1 });
      const read = await through(spans, makeSpan);
      expect(read).toHaveLength(runs);
      for (const [n, span] of spans.entries()) expect(read[n]).toEqual(expectedSpan(span));
    },
    3_600_000,
  );

  it.skipIf(!isThere)(
    `${runs} arbitrary log records`,
    async () => {
      const records = fc.sample(arbitraryRecord, { numRuns: runs, seed: 2 });
      const read = await through(records, makeRecord);
      expect(read).toHaveLength(runs);
      for (const [n, record] of records.entries()) expect(read[n]).toEqual(expectedRecord(record));
    },
    3_600_000,
  );
});
