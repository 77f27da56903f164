import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server as TcpServer,
} from 'node:net';
import { join } from 'node:path';
import { repository } from '../../tools/repository.ts';

/** Something that listens where a collector should. */
export interface Troubled extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
}

/** A key or certificate of these tests. */
export function doctorFile(name: string): string {
  return join(repository, 'e2e/fixtures/doctor/tls', name);
}

/** Answers every request with this. */
export async function answering(
  status: number,
  headers: Record<string, string> = { 'content-type': 'application/x-protobuf' },
): Promise<Troubled> {
  return listening(createServer(answer(status, headers)), 'http');
}

function answer(status: number, headers: Record<string, string>): RequestListener {
  return (request, response) => {
    response.sendDate = headers['date'] === undefined;
    request.resume().on('end', () => response.writeHead(status, headers).end());
  };
}

/** Takes every request and never answers. */
export async function silent(): Promise<Troubled> {
  return listening(createServer(), 'http');
}

/** Speaks something that is not HTTP, as a gRPC receiver does. */
export async function notHttp(): Promise<Troubled> {
  const settings = Buffer.from('000000040000000000', 'hex'); // the first frame of HTTP/2
  const server = createTcpServer((socket) => {
    socket.on('error', () => {}).on('end', () => socket.destroy());
    socket.resume().end(settings);
  });
  return listening(server, 'http');
}

/** An OTLP receiver behind TLS with one of the certificates of these tests. */
export async function behindTls(name: string, more: ServerOptions = {}): Promise<Troubled> {
  const [key, cert] = [`${name}.key`, `${name}.pem`].map((file) => readFileSync(doctorFile(file)));
  const listener = answer(200, { 'content-type': 'application/x-protobuf' });
  return listening(createSecureServer({ key, cert, ...more } as ServerOptions, listener), 'https');
}

async function listening(server: Server | TcpServer, scheme: string): Promise<Troubled> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
