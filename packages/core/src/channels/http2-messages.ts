import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  Http2Stream,
  IncomingHttpHeaders,
  ServerHttp2Session,
  ServerHttp2Stream,
} from 'node:http2';

/** A stream that its server opened; requests are the streams of clients, which have odd numbers (RFC 9113, 5.1.1). */
export function isPushed(stream: Http2Stream): boolean {
  return stream.id !== undefined && stream.id % 2 === 0;
}

/** What is read of a request, under the names that node:http has for it. */
export function requestOfStream(
  { session }: { readonly session: ServerHttp2Session },
  headers: IncomingHttpHeaders,
): Pick<IncomingMessage, 'method' | 'url' | 'httpVersion' | 'headers' | 'headersDistinct'> & {
  socket: object;
} {
  const { remoteAddress, remotePort } = session.socket;
  return {
    method: headers[':method'],
    url: headers[':path'],
    httpVersion: '2',
    headers: { ...headers, host: headers[':authority'] ?? headers.host },
    get headersDistinct() {
      const lists = Object.entries(headers).map(([name, value]) => [
        name,
        [value].flat().map(String),
      ]);
      return Object.fromEntries(lists) as NodeJS.Dict<string[]>;
    },
    socket: { remoteAddress, remotePort, ...(session.encrypted ? { encrypted: true } : {}) },
  };
}

/** What is read of a response, as it is at that moment. */
export function responseOfStream(
  stream: ServerHttp2Stream,
): Pick<
  ServerResponse,
  'headersSent' | 'statusCode' | 'writableEnded' | 'writableFinished' | 'getHeader'
> {
  return {
    get headersSent() {
      return stream.headersSent;
    },
    get statusCode() {
      return Number(stream.sentHeaders?.[':status'] ?? 0);
    },
    get writableEnded() {
      return stream.writableEnded;
    },
    get writableFinished() {
      return stream.writableFinished;
    },
    getHeader: (name) => stream.sentHeaders?.[name],
  };
}
