import { get } from 'node:http';
import { context, logs, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { observe, serve } from '../../test/observe.ts';
import type { InitOptions } from '../settings/options.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const baggage = propagation.createBaggage({ tenant: { value: 'acme' }, secret: { value: 's' } });
const carrying = propagation.setBaggage(ROOT_CONTEXT, baggage);

/** A name that only looks like one of the internet: it leads to this machine. */
const lookup = (_host: string, options: { all?: boolean }, done: (...args: unknown[]) => void) => {
  if (options.all) done(null, [{ address: '127.0.0.1', family: 4 }]);
  else done(null, '127.0.0.1', 4);
};

/** What a host is sent as baggage, and what is said of it. */
async function sentTo(hosts: string[], options: InitOptions = {}) {
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  await using _ = await observe(options);
  const received: (string | string[] | undefined)[] = [];
  const traced: boolean[] = [];
  await using service = await serve(({ headers }, response) => {
    received.push(headers['baggage']);
    traced.push('traceparent' in headers);
    response.end();
  });
  const { port } = new URL(service.url);
  for (const host of hosts) {
    await context.with(carrying, () => {
      return new Promise((resolve, reject) => {
        const request = get({ host, port, lookup: lookup as never }, (response) =>
          response.resume().once('end', resolve),
        );
        request.once('error', reject);
      });
    });
  }
  vi.restoreAllMocks();
  return { received, traced, said: said.filter((line) => line.includes('baggage')) };
}

const all = 'tenant=acme,secret=s';

describe('baggage', () => {
  it('is sent to internal hosts, and withheld from others, each named once', async () => {
    const hosts = ['127.0.0.1', 'orders.shop.svc', 'api.example.com', 'api.example.com'];
    const { received, traced, said } = await sentTo(hosts);
    expect(received).toEqual([all, all, undefined, undefined]);
    expect(traced).toEqual([true, true, true, true]);
    expect(said).toEqual([
      '[otel] baggage is not sent to api.example.com: list the host in OTEL_NODE_BAGGAGE_HOSTS or baggage.hosts to send it\n',
    ]);
  });

  it('is sent to hosts that are listed', async () => {
    const options = { baggage: { hosts: ['*.example.com'] } };
    const { received, said } = await sentTo(['api.example.com', 'other.example'], options);
    expect(received).toEqual([all, undefined]);
    expect(said).toHaveLength(1);
  });

  it('OTEL_NODE_BAGGAGE_HOSTS lists them too, and none means none', async () => {
    vi.stubEnv('OTEL_NODE_BAGGAGE_HOSTS', 'api.example.com');
    expect((await sentTo(['api.example.com'])).received).toEqual([all]);
    vi.stubEnv('OTEL_NODE_BAGGAGE_HOSTS', 'None');
    const { received, said } = await sentTo(['127.0.0.1']);
    expect(received).toEqual([undefined]);
    expect(said[0]).toContain('OTEL_NODE_BAGGAGE_HOSTS=none');
  });

  it('becomes attributes of spans and log records for the keys that are listed, and no other', async () => {
    vi.stubEnv('OTEL_NODE_BAGGAGE_ATTRIBUTES', 'tenant, missing');
    await using observed = await observe();
    context.with(carrying, () => {
      trace.getTracer('app').startSpan('inside').end();
      logs.getLogger('app').emit({ body: 'inside' });
    });
    trace.getTracer('app').startSpan('outside').end();
    await observed.telemetry.forceFlush();
    const { store } = observed.collector;
    const spans = store.spans().map(({ name, attributes }) => [name, attributes]);
    expect(Object.fromEntries(spans)).toEqual({ inside: { tenant: 'acme' }, outside: {} });
    expect(store.logs()[0]?.attributes).toEqual({ tenant: 'acme' });
  });

  it('becomes nothing where no key is listed', async () => {
    await using observed = await observe();
    context.with(carrying, () => trace.getTracer('app').startSpan('inside').end());
    await observed.telemetry.forceFlush();
    expect(observed.collector.store.spans()[0]?.attributes).toEqual({});
  });
});
