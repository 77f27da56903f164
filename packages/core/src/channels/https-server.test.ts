import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, type RequestOptions, request, Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { expectTrace } from '@org/otel-testing';
import { afterEach, describe, expect, it } from 'vitest';
import { observe } from '../../test/observe.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** Without a certificate, which a test had to bring along. */
const tls = { ciphers: 'aNULL:@SECLEVEL=0', maxVersion: 'TLSv1.2' } as const;

/** Its listener is added last: whoever made the server knows nothing of it. */
async function ask(server: Server): Promise<string> {
  server.on('request', (_request, response) => {
    trace.getTracer('test').startSpan('handler').end();
    response.end('secret');
  });
  server.listen(0, '127.0.0.1');
  open.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  await once(server, 'listening');
  return answerOf({ ...tls, port: (server.address() as AddressInfo).port });
}

/** A request from outside: it makes no client span of its own. */
async function answerOf(options: RequestOptions): Promise<string> {
  const unchecked = { rejectUnauthorized: false, checkServerIdentity: () => undefined };
  const sent = context.with(suppressTracing(ROOT_CONTEXT), () =>
    request({ ...options, ...unchecked, host: '127.0.0.1', agent: false }).end(),
  );
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return text(response);
}

describe('a server of node:https, met with its first request', () => {
  class Shop extends Server {}

  for (const [kind, make] of [
    ['a server', () => createServer(tls)],
    ['a server of a class of its own', () => new Shop(tls)],
  ] as const) {
    it(`runs the handler of ${kind} in the context of its request`, async () => {
      const { collector, telemetry, ...observed } = await observe();
      open.push(() => observed[Symbol.asyncDispose]());
      expect(await ask(make())).toBe('secret');
      await expectTrace(
        collector,
        { name: 'GET', attributes: { 'url.scheme': 'https' }, spans: [{ name: 'handler' }] },
        { settle: () => telemetry.forceFlush() },
      );
    });
  }
});

it('leaves the servers of node:https alone once telemetry has ended', async () => {
  const own = Object.getOwnPropertyDescriptor(Server.prototype, 'emit');
  const observed = await observe();
  await ask(createServer(tls));
  expect(Object.hasOwn(Server.prototype, 'emit')).toBe(true);
  await observed[Symbol.asyncDispose]();
  expect(Object.getOwnPropertyDescriptor(Server.prototype, 'emit')).toEqual(own);
});
