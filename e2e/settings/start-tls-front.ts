import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import type { Collector } from '@org/otel-testing';
import { repository } from '../../tools/repository.ts';
import { forward } from './forward.ts';

/** A collector behind TLS, for clients with a certificate of the test's authority. */
export interface TlsFront extends AsyncDisposable {
  readonly url: string;
  /** The name in the certificate of each client that was served. */
  readonly clients: string[];
}

/** The path of a key or certificate of the tests; they are valid until 2126. */
export function tlsFile(name: string): string {
  return join(repository, 'e2e/fixtures/settings/tls', name);
}

const pem = (name: string) => readFileSync(tlsFile(name));

export async function startTlsFront(collector: Collector): Promise<TlsFront> {
  const clients: string[] = [];
  const options = {
    key: pem('server.key'),
    cert: pem('server.pem'),
    ca: pem('ca.pem'),
    requestCert: true,
    rejectUnauthorized: true,
  };
  const server = createServer(options, async (request, response) => {
    clients.push(String((request.socket as TLSSocket).getPeerCertificate().subject?.CN));
    const type = String(request.headers['content-type']);
    const body = await buffer(request);
    response.end(await forward(collector, String(request.url), { 'content-type': type }, body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clients,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
