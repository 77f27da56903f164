import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import type { Collector } from '@org/otel-testing';
import { repository } from '../../tools/repository.ts';
import { closeWithSockets } from '../support/close-with-sockets.ts';
import { forward } from './forward.ts';

/** A collector behind TLS. */
export interface TlsFront extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Those of each request. */
  readonly headers: IncomingHttpHeaders[];
  /** The name in the certificate of each client that was served. */
  readonly clients: string[];
}

/** The path of a key or certificate of the tests; they are valid until 2126. */
export function tlsFile(name: string): string {
  return join(repository, 'e2e/fixtures/settings/tls', name);
}

const pem = (name: string) => readFileSync(tlsFile(name));

/** For clients with a certificate of the tests' authority. */
const mutual = (): ServerOptions => ({
  key: pem('server.key'),
  cert: pem('server.pem'),
  ca: pem('ca.pem'),
  requestCert: true,
  rejectUnauthorized: true,
});

export async function startTlsFront(
  collector: Collector,
  options: ServerOptions = mutual(),
): Promise<TlsFront> {
  const clients: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer(options, async (request, response) => {
    headers.push(request.headers);
    clients.push(String((request.socket as TLSSocket).getPeerCertificate().subject?.CN));
    const type = String(request.headers['content-type']);
    const body = await buffer(request);
    response.end(await forward(collector, String(request.url), { 'content-type': type }, body));
  });
  const close = closeWithSockets(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    headers,
    clients,
    [Symbol.asyncDispose]: close,
  };
}
