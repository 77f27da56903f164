import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Collector } from '@org/otel-testing/collector';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { observe, serve } from '../../test/observe.ts';
import type { InitOptions } from '../index.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** One request of this process to itself; both of its spans and the metrics that were received. */
async function seenOf(options: InitOptions) {
  await using observed = await observe(options);
  await using served = await serve((_request, response) => response.writeHead(404).end('no'));
  const url = served.url.replace('http://', 'http://me:secret@');
  await new Promise<void>((resolve, reject) => {
    const answered = (response: IncomingMessage) => text(response).then(() => resolve(), reject);
    get(`${url}/orders/7?token=a&sig=secret`, { headers: { 'user-agent': 'test' } }, answered);
  });
  const { store } = observed.collector;
  await vi.waitFor(
    async () => {
      await observed.telemetry.forceFlush();
      expect(store.spans()).toHaveLength(2);
    },
    { timeout: 20_000 },
  );
  const spans = store.spans();
  return {
    host: served.url.slice('http://'.length),
    server: spans.find(({ kind }) => kind === 'server')?.attributes ?? {},
    client: spans.find(({ kind }) => kind === 'client')?.attributes ?? {},
    duration: (name: string) => durationIn(observed.collector, name),
  };
}

function durationIn({ store }: Collector, name: string) {
  const metric = store.metrics().findLast((each) => each.name === name);
  const [point] = metric?.points ?? [];
  return metric && point && { unit: metric.unit, attributes: point.attributes };
}

const OLD =
  /^(net\.|http\.(method|status_code|url|target|scheme|host|user_agent|client_ip|flavor)$)/;

describe('the HTTP names from before the conventions were stable', () => {
  it.each<[string, InitOptions, string]>([
    ['the variable', {}, 'http, HTTP/dup'],
    ['the option', { semconvStabilityOptIn: ['http/dup', 'database'] }, ''],
  ])(
    'are written beside the stable ones where %s says so',
    async (_, options, variable) => {
      vi.stubEnv('OTEL_SEMCONV_STABILITY_OPT_IN', variable);
      const { server, client, duration, host } = await seenOf(options);
      const [name, port] = host.split(':');
      expect(server).toMatchObject({
        'http.request.method': 'GET',
        'http.method': 'GET',
        'http.response.status_code': 404,
        'http.status_code': 404,
        'http.scheme': 'http',
        'http.target': '/orders/7?token=a&sig=REDACTED',
        'http.url': `http://${host}/orders/7?token=a&sig=REDACTED`,
        'http.host': host,
        'http.flavor': '1.1',
        'http.user_agent': 'test',
        'http.client_ip': '127.0.0.1',
        'net.host.name': name,
        'net.host.port': Number(port),
        'net.peer.ip': '127.0.0.1',
      });
      expect(server['net.peer.port']).toBe(server['network.peer.port']);
      expect(client).toMatchObject({
        'http.request.method': 'GET',
        'http.method': 'GET',
        'http.status_code': 404,
        'http.url': client['url.full'],
        'http.scheme': 'http',
        'http.target': '/orders/7?token=a&sig=REDACTED',
        'http.host': host,
        'net.peer.name': name,
        'net.peer.port': Number(port),
      });
      expect(JSON.stringify([server, client])).not.toContain('secret');
      const old = { 'http.method': 'GET', 'http.scheme': 'http', 'http.status_code': 404 };
      expect(duration('http.server.duration')).toEqual({
        unit: 'ms',
        attributes: { ...old, 'http.flavor': '1.1' },
      });
      expect(duration('http.client.duration')).toMatchObject({
        unit: 'ms',
        attributes: { ...old, 'net.peer.name': name, 'net.peer.port': Number(port) },
      });
      expect(duration('http.server.request.duration')?.unit).toBe('s');
    },
    60_000,
  );

  it.each(['', 'http', 'database/dup'])(
    'are left out with %j',
    async (variable) => {
      vi.stubEnv('OTEL_SEMCONV_STABILITY_OPT_IN', variable);
      const { server, client, duration } = await seenOf({});
      expect(server).toHaveProperty(['http.request.method']);
      expect(Object.keys({ ...server, ...client }).filter((name) => OLD.test(name))).toEqual([]);
      expect(duration('http.server.duration')).toBeUndefined();
      expect(duration('http.server.request.duration')?.unit).toBe('s');
    },
    60_000,
  );

  it('count against the limits of the span', async () => {
    const limits = { attributeCountLimit: 12, attributeValueLengthLimit: 9 };
    const options = { semconvStabilityOptIn: ['http/dup'], traces: { limits } };
    const { server } = await seenOf(options);
    expect(Object.keys(server)).toHaveLength(12);
    expect(Object.values(server).filter((value) => String(value).length > 9)).toEqual([]);
  }, 60_000);
});
