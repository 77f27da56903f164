import { expectTrace } from '@org/otel-testing';
import { expect, it } from 'vitest';
import { ask, observe, serve } from '../../test/observe.ts';
import { forwardedOf } from './forwarded.ts';

it.each([
  [{}, undefined],
  [{ 'x-forwarded-proto': 'https' }, undefined],
  [{ 'x-forwarded-for': '192.0.2.1, 10.0.0.1' }, { client: '192.0.2.1', host: undefined }],
  [{ 'x-forwarded-for': '192.0.2.1:4711' }, { client: '192.0.2.1', host: undefined }],
  [{ 'x-forwarded-for': '2001:db8::1' }, { client: '2001:db8::1', host: undefined }],
  [{ 'x-forwarded-for': 'unknown' }, { client: undefined, host: undefined }],
  [
    { 'x-forwarded-host': 'shop.example:8443, in' },
    { client: undefined, host: 'shop.example:8443' },
  ],
  [
    { forwarded: 'for="[2001:db8::1]:4711";proto=https;Host=shop.example, for=10.0.0.1;host=in' },
    { client: '2001:db8::1', host: 'shop.example' },
  ],
  [
    { forwarded: 'for=_hidden', 'x-forwarded-for': '192.0.2.1' },
    { client: undefined, host: undefined },
  ],
])('%o tells %o', (headers, told) => {
  expect(forwardedOf(headers)).toEqual(told);
});

const headers = {
  'x-forwarded-for': '192.0.2.1, 10.0.0.1',
  'x-forwarded-host': 'shop.example:8443',
};

it.each([
  ['every caller', true, { client: '192.0.2.1', host: 'shop.example', port: 8443 }],
  [
    'callers in a range',
    ['127.0.0.0/8'],
    { client: '192.0.2.1', host: 'shop.example', port: 8443 },
  ],
  ['no caller', false, { client: '127.0.0.1', host: '127.0.0.1' }],
])(
  'a server span is told by proxies who asked for what, where %s is trusted',
  async (_, trustIncoming, told) => {
    await using observed = await observe({ trustIncoming });
    await using served = await serve((_request, response) => response.end());
    await ask(served.url, { headers });
    await observed.telemetry.forceFlush();
    await expectTrace(observed.collector, {
      name: 'GET',
      attributes: {
        'client.address': told.client,
        'network.peer.address': '127.0.0.1',
        'server.address': told.host,
        'server.port': 'port' in told ? told.port : Number(new URL(served.url).port),
      },
    });
  },
);
