import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Signal, TelemetryBatch } from '../telemetry.ts';
import { type Answer, errorBody, successBody } from './answer.ts';
import { decode, type Encoding } from './decode/decode.ts';
import { Malformed } from './decode/malformed.ts';
import { readBody } from './read.body.ts';
import { Refusal } from './refusal.ts';
import type { TelemetrySink } from './telemetry.sink.ts';

/** The mark that keeps @org/otel-core in the same process from reporting its own deliveries as server spans. */
const UNTRACED = Symbol.for('org.otel.untraced');

/** One export request that was understood. */
export interface ReceivedRequest {
  readonly signal: Signal;
  readonly encoding: Encoding;
  /** The request's headers, names in lower case. */
  readonly headers: IncomingMessage['headers'];
  /** Bytes of the body as sent, and after decompression. */
  readonly bytes: { readonly received: number; readonly unpacked: number };
  readonly batch: TelemetryBatch;
  /** 1 for the first request of this receiver, then counting up. */
  readonly number: number;
}

/** A request that was answered with an error by the receiver itself, and why. */
export interface RefusedRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly reason: string;
}

/** Decides the answer to a request, at once or later; undefined is the usual success. */
export type Respond = (
  request: ReceivedRequest,
) => Answer | undefined | Promise<Answer | undefined>;

/** Settings of `startReceiver`. */
export interface ReceiverOptions {
  /** Where the telemetry goes. */
  readonly sink: TelemetrySink;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** `127.0.0.1` by default. */
  readonly host?: string;
  /** The largest body in bytes, before and after decompression; 64 MiB by default. */
  readonly bodyLimit?: number;
  /** Scripts the answers, for tests of what a sender does when it is refused. */
  readonly respond?: Respond;
  /** Hears of every request that was understood, before it is answered. */
  readonly onRequest?: (request: ReceivedRequest) => void;
  /** Hears of every request that the receiver had to refuse. */
  readonly onRefused?: (refused: RefusedRequest) => void;
}

/** A running OTLP/HTTP receiver. */
export interface Receiver extends AsyncDisposable {
  /** The base for OTEL_EXPORTER_OTLP_ENDPOINT, for example `http://127.0.0.1:43181`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Scripts the answers from now on; undefined goes back to success. */
  respondWith(respond: Respond | undefined): void;
  /** Stops listening and closes every connection, an unanswered one too. */
  close(): Promise<void>;
}

const signals: Record<string, Signal> = {
  '/v1/traces': 'traces',
  '/v1/logs': 'logs',
  '/v1/metrics': 'metrics',
};
const encodings: Record<string, Encoding> = {
  'application/x-protobuf': 'protobuf',
  'application/json': 'json',
};
const contentTypes = { protobuf: 'application/x-protobuf', json: 'application/json' };

/**
 * Starts an OTLP/HTTP receiver that hands what it understands to a sink; resolves when it listens.
 * Takes protobuf and JSON on /v1/traces, /v1/logs and /v1/metrics, plain, gzip or deflate.
 * @throws Error when the port is taken, or `port` is not a whole number from 0 to 65535.
 */
export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { sink, host = '127.0.0.1', bodyLimit = 64 * 1024 * 1024 } = options;
  const wanted = checkPort(options.port ?? 0);
  let respond = options.respond;
  let count = 0;

  // A connection is the sender's to keep: one closed here just as it is used again would be an error of the test.
  const server = createServer({ keepAliveTimeout: 600_000 }, function receive(request, response) {
    answerRequest(request, response).catch((error: unknown) => refuse(request, response, error));
  });
  Object.assign(server, { [UNTRACED]: true });
  await listen(server, wanted, host);
  const { port } = server.address() as AddressInfo;
  const close = () => closeServer(server);

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    host,
    port,
    respondWith(next) {
      respond = next;
    },
    close,
    [Symbol.asyncDispose]: close,
  };

  async function answerRequest(request: IncomingMessage, response: ServerResponse) {
    const signal = signalOf(request);
    const encoding = encodingOf(request);
    const { body, received } = await readBody(request, bodyLimit);
    const batch = decode(signal, encoding, body);
    count += 1;
    const bytes = { received, unpacked: body.length };
    const { headers } = request;
    const understood = { signal, encoding, headers, bytes, batch, number: count };
    options.onRequest?.(understood);
    const answer = (await respond?.(understood)) ?? {};
    if (answer.keep ?? (answer.status ?? 200) < 300) sink.add(batch);
    send(response, signal, encoding, answer);
  }

  function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (response.destroyed || response.headersSent) return;
    const status = statusOf(error);
    const reason = (error as Error).message;
    const { method = '', url: path = '' } = request;
    options.onRefused?.({ method, path, status, reason });
    const encoding = encodings[mediaType(request)] ?? 'json';
    const allow = status === 405 ? { allow: 'POST' } : {};
    // The rest of the body is read away, so that the sender gets to read the answer.
    request.resume();
    response.writeHead(status, { 'content-type': contentTypes[encoding], ...allow });
    response.end(errorBody(encoding, status, reason));
  }
}

function send(response: ServerResponse, signal: Signal, encoding: Encoding, answer: Answer): void {
  if (answer.hangUp) {
    response.destroy();
    return;
  }
  const status = answer.status ?? 200;
  const body =
    status < 300
      ? successBody(signal, encoding, answer)
      : errorBody(encoding, status, answer.message ?? `answered ${status} by the test`);
  response.writeHead(status, { 'content-type': contentTypes[encoding], ...answer.headers });
  response.end(answer.body ?? body);
}

function signalOf(request: IncomingMessage): Signal {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  const signal = Object.hasOwn(signals, path) ? signals[path] : undefined;
  if (signal === undefined) {
    throw new Refusal(404, `expected /v1/traces, /v1/logs or /v1/metrics, got ${path}`);
  }
  if (request.method !== 'POST') {
    throw new Refusal(405, `expected POST, got ${request.method}`);
  }
  return signal;
}

function encodingOf(request: IncomingMessage): Encoding {
  const type = mediaType(request);
  const encoding = Object.hasOwn(encodings, type) ? encodings[type] : undefined;
  if (encoding !== undefined) return encoding;
  const expected = Object.keys(encodings).join(' or ');
  throw new Refusal(415, `content-type: expected ${expected}, got "${type}"`);
}

function mediaType(request: IncomingMessage): string {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1);
  return type.trim().toLowerCase();
}

function statusOf(error: unknown): number {
  if (error instanceof Refusal) return error.status;
  return error instanceof Malformed ? 400 : 500;
}

function checkPort(port: number): number {
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new Error(`port: expected a whole number from 0 to 65535, got ${port}`);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A second close answers with an error that says it is closed already: that is what was wanted.
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
