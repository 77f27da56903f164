import { trace } from '@opentelemetry/api';
import type { Answer } from '@org/otel-testing/collector';
import { type Collector, startCollector } from '@org/otel-testing/collector';
import { describe, expect, it } from 'vitest';
import { init } from '../index.ts';
import { isRetryable, retryDelay } from './retry.ts';

/** Delivers one span to a collector that answers as told, once for each entry and then well. */
async function deliverOne(answers: Answer[], buffer = {}) {
  const collector = await startCollector({ respond: () => answers.shift() });
  const endpoint = collector.url;
  const telemetry = init({ exporter: { otlpHttp: { endpoint } }, buffer });
  trace.getTracer('app').startSpan('work').end();
  await telemetry.forceFlush();
  const { traces } = telemetry.stats();
  await telemetry.shutdown();
  await collector.close();
  return { traces, requests: spanRequests(collector) };
}

function spanRequests(collector: Collector): number {
  return collector.requests.filter(({ signal }) => signal === 'traces').length;
}

describe('one batch of spans', () => {
  it.each([429, 502, 503, 504])('is sent again after %i', async (status) => {
    // The first two requests are the first of traces and of metrics.
    const { traces, requests } = await deliverOne([{ status }, { status }]);
    expect(traces).toEqual({ queued: 0, exported: 1, dropped: 0, failed: 0 });
    expect(requests).toBe(2);
  });

  it.each([400, 401, 413, 500, 307])(
    'is sent once when the answer is %i, and counted',
    async (status) => {
      const { traces, requests } = await deliverOne([{ status }, { status }]);
      expect(traces).toEqual({ queued: 0, exported: 0, dropped: 0, failed: 1 });
      expect(requests).toBe(1);
    },
  );

  it('is dropped and counted when it has waited too long', async () => {
    const refusals = Array.from({ length: 50 }, () => ({ status: 503 }));
    const { traces } = await deliverOne(refusals, { maxAgeMillis: 1500 });
    expect(traces).toEqual({ queued: 0, exported: 0, dropped: 1, failed: 0 });
  });
});

describe('retryDelay', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');

  it('follows Retry-After in seconds and as a date', () => {
    expect(retryDelay(0, '30', now)).toBe(30_000);
    expect(retryDelay(0, 'Thu, 01 Jan 2026 00:00:20 GMT', now)).toBe(20_000);
  });

  it.each(['0', 'soon', '-5', 'Thu, 01 Jan 2015 00:00:00 GMT', undefined])(
    'backs off for %s',
    (junk) => {
      for (let attempt = 0; attempt < 10; attempt++) {
        const wait = retryDelay(attempt, junk, now);
        expect(wait).toBeGreaterThanOrEqual(800 * Math.min(5, 1.5 ** attempt));
        expect(wait).toBeLessThanOrEqual(6000);
      }
    },
  );

  it('retries what OTLP allows and nothing else', () => {
    const all = Array.from({ length: 200 }, (_, n) => 400 + n);
    expect(all.filter(isRetryable)).toEqual([429, 502, 503, 504]);
  });
});
