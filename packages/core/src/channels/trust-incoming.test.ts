import { propagation } from '@opentelemetry/api';
import { describe, expect, it, vi } from 'vitest';
import { ask, observe, serve } from '../../test/observe.ts';
import type { InitOptions } from '../settings/options.ts';

const callerId = 'a'.repeat(32);
const headers = { traceparent: `00-${callerId}-${'b'.repeat(16)}-01`, baggage: 'user=7' };

/** What becomes of a caller that sends a sampled trace and baggage. */
async function served(options: InitOptions) {
  await using observed = await observe(options);
  let baggage: string | undefined;
  await using service = await serve((_request, response) => {
    baggage = propagation.getActiveBaggage()?.getEntry('user')?.value;
    response.end();
  });
  await ask(service.url, { headers });
  await ask(service.url);
  await observed.telemetry.forceFlush();
  const spans = observed.collector.store.spans();
  const continued = spans.some(({ traceId }) => traceId === callerId);
  const links = spans.flatMap((span) => span.links.map(({ traceId }) => traceId));
  return { continued, links, baggage, spans: spans.length };
}

const trusted = { continued: true, links: [], spans: 2 };
const stranger = { continued: false, links: [callerId], baggage: undefined, spans: 2 };

describe('trustIncoming', () => {
  it.each<[string, InitOptions['trustIncoming'], object]>([
    ['true', true, trusted],
    ['false', false, stranger],
    ['a range with the caller', ['10.0.0.0/8', '127.0.0.0/8'], trusted],
    ['the caller itself', ['127.0.0.1'], trusted],
    ['ranges without the caller', ['10.0.0.0/8', '::1/128'], stranger],
    ['no range', [], stranger],
    ['a function that says yes', ({ headers }) => 'baggage' in headers, trusted],
    ['a function that says no', () => false, stranger],
    [
      'a function that throws',
      () => {
        throw new Error('no idea');
      },
      stranger,
    ],
  ])('%s', async (_, trustIncoming, expected) => {
    expect(await served(trustIncoming === undefined ? {} : { trustIncoming })).toMatchObject(
      expected,
    );
  });

  it.each([
    ['true', trusted],
    ['FALSE', stranger],
    ['127.0.0.0/8, fd00::/8', trusted],
    ['10.0.0.0/8', stranger],
  ])('OTEL_NODE_TRUST_INCOMING=%s', async (value, expected) => {
    vi.stubEnv('OTEL_NODE_TRUST_INCOMING', value);
    const seen = await served({});
    vi.unstubAllEnvs();
    expect(seen).toMatchObject(expected);
  });

  it("a stranger's decision counts for nothing: the ratio is obeyed", async () => {
    const sampler = { parentBased: { root: { traceIdRatioBased: { ratio: 0 } } } };
    expect((await served({ sampler, trustIncoming: false })).spans).toBe(0);
    expect((await served({ sampler })).spans).toBe(1);
  });
});

describe('where no header is there', () => {
  it('nothing is extracted and nobody is asked for trust', async () => {
    const extract = vi.fn((context) => context);
    const fields = () => ['x-own'];
    const trustIncoming = vi.fn(() => true);
    const own = { inject() {}, extract, fields };
    await using observed = await observe({ propagators: ['tracecontext', own], trustIncoming });
    await using service = await serve((_request, response) => response.end());
    await ask(service.url, { headers: { 'x-other': '1' } });
    expect([extract.mock.calls.length, trustIncoming.mock.calls.length]).toEqual([0, 0]);
    await ask(service.url, { headers: { 'X-Own': '1' } });
    expect(extract).toHaveBeenCalledTimes(1);
    await ask(service.url, { headers });
    expect(trustIncoming).toHaveBeenCalledTimes(1);
    await observed.telemetry.forceFlush();
  });
});
