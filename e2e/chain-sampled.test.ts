import { randomBytes } from 'node:crypto';
import type { Span } from '@org/otel-testing';
import { expect, it } from 'vitest';
import { type RunningChain, startChain } from './chain/start-chain.ts';

const REQUESTS = 150;
const AT_ONCE = 8;

/** Ids whose last 8 bytes are spread evenly, so that every run keeps as many of them, one of them right below the bound. */
const traceIds = Array.from({ length: REQUESTS }, (_, n) => {
  const low = (BigInt(n) * 2n ** 64n) / BigInt(REQUESTS);
  return randomBytes(8).toString('hex') + low.toString(16).padStart(16, '0');
});

/** Each service decides on its own: whole traces are the proof that they decide alike. */
it('traceidratio 0.1 in Express, NestJS and FastAPI: a trace is whole or absent', async () => {
  const sampler = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' };
  await using chain = await startChain(sampler);
  const headers = traceIds.map((id) => ({ traceparent: `00-${id}-${'b'.repeat(16)}-00` }));
  await askAll(chain, headers);
  const kept = traceIds.filter(isBelowBound);
  expect(kept).toHaveLength(REQUESTS / 10 + 1);
  expectWhole(chain.collector.store.spans(), kept);
});

it('parentbased_traceidratio 0.1: the first service decides for all three', async () => {
  const sampler = {
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.1',
  };
  await using chain = await startChain(sampler);
  await askAll(chain, new Array<Record<string, string>>(REQUESTS).fill({}));
  const spans = chain.collector.store.spans();
  const ids = [...new Set(spans.map(({ traceId }) => traceId))];
  expect(ids.filter((id) => !isBelowBound(id))).toEqual([]);
  expectWhole(spans, ids);
});

/** A few requests at a time, then the end of every service, which sends the rest. */
async function askAll(chain: RunningChain, requests: Record<string, string>[]): Promise<void> {
  const waiting = [...requests];
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await Promise.all(Object.values(chain.apps).map((app) => app.stop('SIGTERM')));

  async function work(): Promise<void> {
    for (let headers = waiting.pop(); headers; headers = waiting.pop()) {
      const response = await fetch(`${chain.gateway}/something`, { headers });
      expect(response.status).toBe(200);
      await response.arrayBuffer();
    }
  }
}

function isBelowBound(traceId: string): boolean {
  return BigInt(`0x${traceId.slice(16)}`) < BigInt(Math.round(0.1 * 2 ** 64));
}

/** Each of the traces has the 6 spans of the chain, in all three services, and there is no other. */
function expectWhole(spans: readonly Span[], traceIds: readonly string[]): void {
  const traces = Map.groupBy(spans, ({ traceId }) => traceId);
  expect([...traces.keys()].sort()).toEqual([...traceIds].sort());
  for (const trace of traces.values()) {
    const services = trace.map(({ resource }) => resource.attributes['service.name']).sort();
    expect(services).toEqual([
      'api-node',
      'api-node',
      'api-node',
      'api-python',
      'gateway',
      'gateway',
    ]);
  }
}
