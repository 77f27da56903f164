import type { ClientRequest, IncomingMessage, OutgoingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { nodeHttp } from '../lifecycle/node-http.ts';
import type { BodyBytes } from '../metrics/body-sizes.ts';
import { listen } from './listen.ts';
import { type Emit, wrapEmit } from './wrap-emit.ts';

/** What of a body has arrived: of an IncomingMessage every piece passes through its `data` event, however it is read. */
const arrived = new WeakMap<IncomingMessage, number>();

/** Bytes that a message has put on its socket, its head included. */
const sent = new WeakMap<OutgoingMessage, number>();

/** Bytes on a socket before its current message. */
const before = new WeakMap<Socket, number>();

const answers = new WeakMap<ClientRequest, IncomingMessage>();

interface HttpEvent {
  readonly request: IncomingMessage & ClientRequest;
  readonly response: ServerResponse & IncomingMessage;
}

/** Counts the bytes of bodies of node:http. Returns the function that ends it. */
export function observeMessageBytes(): () => void {
  const stops = [
    wrapEmit(nodeHttp().IncomingMessage.prototype, countData),
    listen({
      'http.server.request.start': ({ request, response }: HttpEvent) =>
        measureWhenSent(response, request.socket),
      'http.client.request.created': ({ request }: HttpEvent) =>
        request.once('socket', (socket) => {
          before.set(socket, socket.bytesWritten);
          measureWhenSent(request, socket);
        }),
      'http.client.response.finish': ({ request, response }: HttpEvent) =>
        answers.set(request, response),
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Bodies of a request that was served; those of HTTP/2 are not measured. */
export function servedBytes(request: IncomingMessage, response: ServerResponse): BodyBytes {
  if (!(request instanceof nodeHttp().IncomingMessage))
    return { request: undefined, response: undefined };
  const empty = isWithoutBody(request.method, response.statusCode);
  return {
    request: arrivedBytes(request),
    response: empty ? 0 : sentBodyBytes(response, response.writableFinished, request.socket),
  };
}

/** Bodies of a request that was sent. */
export function sentBytes(request: ClientRequest): BodyBytes {
  const answer = answers.get(request);
  const empty = isWithoutBody(request.method, answer?.statusCode);
  return {
    request: sentBodyBytes(request, request.writableFinished, request.socket),
    response: answer && (empty ? 0 : arrivedBytes(answer)),
  };
}

/** RFC 9110, 6.4.1: such answers may tell a length, and have no body. */
function isWithoutBody(method: string | undefined, status: number | undefined): boolean {
  return method === 'HEAD' || status === 204 || status === 304;
}

function countData(emit: Emit): Emit {
  return function emitCounted(this: IncomingMessage, ...args) {
    if (args[0] === 'data') {
      const size = sizeOf(args[1], this.readableEncoding);
      arrived.set(this, (arrived.get(this) ?? 0) + size);
    }
    return Reflect.apply(emit, this, args);
  } as Emit;
}

function sizeOf(chunk: unknown, encoding: BufferEncoding | null): number {
  if (typeof chunk === 'string') return Buffer.byteLength(chunk, encoding ?? 'utf8');
  return chunk instanceof Uint8Array ? chunk.byteLength : 0;
}

/** On the first `finish` listener: Node's own gives the socket to the next message. */
function measureWhenSent(message: OutgoingMessage, socket: Socket): void {
  if (!before.has(socket)) before.set(socket, socket.bytesWritten);
  message.prependOnceListener('finish', () => measure(message, socket));
}

function measure(message: OutgoingMessage, socket: Socket): void {
  const now = socket.bytesWritten;
  sent.set(message, now - (before.get(socket) ?? 0));
  before.set(socket, now);
}

/** A length that was announced and kept, else what was counted. */
function arrivedBytes(message: IncomingMessage): number {
  const counted = arrived.get(message) ?? 0;
  return message.complete ? (lengthOf(message.headers['content-length']) ?? counted) : counted;
}

/** The same; what is counted on the socket has the framing of chunks in it. */
function sentBodyBytes(
  message: OutgoingMessage,
  isWhole: boolean,
  socket: Socket | null,
): number | undefined {
  const declared = lengthOf(message.getHeader('content-length'));
  if (isWhole && declared !== undefined) return declared;
  if (!sent.has(message) && socket) measure(message, socket);
  const bytes = sent.get(message);
  const head = headOf(message);
  return bytes === undefined || head === undefined ? undefined : Math.max(0, bytes - head.length);
}

/** The head as it went out: Node tells its text, and the length it has found out itself, nowhere else. */
function headOf(message: OutgoingMessage): string | undefined {
  const { _header: head } = message as OutgoingMessage & { readonly _header?: unknown };
  return typeof head === 'string' ? head : undefined;
}

function lengthOf(header: unknown): number | undefined {
  const length = Number(header);
  return header !== undefined && Number.isSafeInteger(length) && length >= 0 ? length : undefined;
}
