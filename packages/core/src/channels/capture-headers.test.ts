import { once } from 'node:events';
import { request } from 'node:http';
import type { Span } from '@org/otel-testing';
import { afterEach, expect, it, vi } from 'vitest';
import { observe, serve } from '../../test/observe.ts';
import type { InitOptions } from '../settings/options.ts';

afterEach(() => vi.unstubAllEnvs());

/** One request by node:http and one by fetch, each served here: their spans. */
async function spansOf(options: InitOptions): Promise<Span[]> {
  await using observed = await observe(options);
  await using served = await serve((incoming, response) => {
    response.setHeader('X-Shard', ['a', 'b']).setHeader('x-count', 3).end(incoming.url);
  });
  const headers = { 'X-Tenant': 'seven', 'x-other': 'unseen' };
  await (await fetch(`${served.url}/?page=2`, { headers })).text();
  const [answer] = await once(request(`${served.url}/?page=2`, { headers }).end(), 'response');
  await answer.resume().toArray();
  await observed.telemetry.forceFlush();
  await vi.waitFor(() => expect(observed.collector.store.spans()).toHaveLength(4));
  return observed.collector.store.spans();
}

function headerAttributes({ attributes }: Span): Record<string, unknown> {
  const all = Object.entries(attributes).filter(([key]) => /\.header\./.test(key));
  return Object.fromEntries(all);
}

const all = {
  'http.request.header.x-tenant': ['seven'],
  'http.response.header.x-shard': ['a', 'b'],
  'http.response.header.x-count': ['3'],
};

it('captures no header that is not named', async () => {
  for (const span of await spansOf({})) expect(headerAttributes(span)).toEqual({});
});

it('captures what the options name, of servers and of both clients', async () => {
  const names = { request: ['X-TENANT', 'absent'], response: ['x-shard', 'x-count'] };
  const spans = await spansOf({ capturedHeaders: { server: names, client: names } });
  for (const span of spans) expect(headerAttributes(span)).toEqual(all);
});

it('captures what the variables name', async () => {
  const prefix = 'OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS';
  vi.stubEnv(`${prefix}_SERVER_REQUEST`, 'x-tenant');
  vi.stubEnv(`${prefix}_CLIENT_RESPONSE`, 'x-shard, x-count');
  for (const span of await spansOf({})) {
    const { 'http.request.header.x-tenant': tenant, ...response } = all;
    const expected = span.kind === 'server' ? { 'http.request.header.x-tenant': tenant } : response;
    expect(headerAttributes(span)).toEqual(expected);
  }
});

it('drops all values of queries where that is asked for', async () => {
  vi.stubEnv('OTEL_NODE_REDACT_ALL_QUERY_VALUES', 'true');
  for (const { attributes } of await spansOf({})) {
    const shown =
      attributes['url.query'] ?? new URL(String(attributes['url.full'])).search.slice(1);
    expect(shown).toBe('page=REDACTED');
  }
});

it('reports a pattern and everything else that is no name', async () => {
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  vi.stubEnv('OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST', 'x-*,x-tenant,a(b)');
  await using _ = await observe({ redaction: { queryKeys: ['a=b', 7] as string[] } });
  vi.restoreAllMocks();
  expect(said).toEqual([
    '[otel] redaction.queryKeys: expected the name of a query key, got "a=b,7"; using the others\n',
    '[otel] OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: expected the name of a header, no pattern, got "x-*,a(b)"; using the others\n',
  ]);
});
