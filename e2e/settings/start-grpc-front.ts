import { once } from 'node:events';
import {
  createSecureServer,
  createServer,
  type Http2Session,
  type SecureServerOptions,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import type { Collector } from '@org/otel-testing';
import { forward } from './forward.ts';

/** A collector behind OTLP/gRPC. */
export interface GrpcFront extends AsyncDisposable {
  /** `127.0.0.1:4317`, with another port. */
  readonly target: string;
  /** Path and headers of each call. */
  readonly calls: { readonly path: string; readonly headers: Record<string, unknown> }[];
  /** The name in the certificate of each client that was served over TLS. */
  readonly clients: string[];
}

const paths: Record<string, string> = {
  '/opentelemetry.proto.collector.trace.v1.TraceService/Export': '/v1/traces',
  '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export': '/v1/metrics',
  '/opentelemetry.proto.collector.logs.v1.LogsService/Export': '/v1/logs',
};

/** Without TLS options it speaks plain HTTP/2. */
export async function startGrpcFront(
  collector: Collector,
  tls?: SecureServerOptions,
): Promise<GrpcFront> {
  const calls: GrpcFront['calls'] = [];
  const clients: string[] = [];
  const sessions = new Set<Http2Session>();
  const server = tls ? createSecureServer(tls) : createServer();
  server.on('session', (session) => {
    sessions.add(session);
    if (tls) clients.push(nameOf(session.socket as TLSSocket));
  });
  server.on('stream', async (stream, headers) => {
    const path = String(headers[':path']);
    calls.push({ path, headers });
    answer(stream, await exported(collector, path, await buffer(stream)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    target: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    clients,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function nameOf(socket: TLSSocket): string {
  return String(socket.getPeerCertificate().subject?.CN);
}

/** A gRPC message: one byte that says whether it is compressed, four of its length, and its bytes. */
function exported(collector: Collector, path: string, framed: Buffer): Promise<Uint8Array> {
  const message = framed.subarray(5);
  const body = framed[0] === 1 ? gunzipSync(message) : message;
  const type = { 'content-type': 'application/x-protobuf' };
  return forward(collector, paths[path] ?? path, type, body);
}

function answer(stream: ServerHttp2Stream, message: Uint8Array): void {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc+proto' },
    { waitForTrailers: true },
  );
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(Buffer.concat([head, message]));
}
