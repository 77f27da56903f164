import type { BodyBytes } from '../metrics/body-sizes.ts';
import { listen } from './listen.ts';

interface UndiciRequest {
  readonly method: string;
  readonly body?: unknown;
  readonly contentLength?: number | null;
}

interface UndiciEvent {
  readonly request: UndiciRequest;
  readonly response: { readonly statusCode: number; readonly headers?: readonly Buffer[] };
  readonly chunk: { readonly byteLength?: number; readonly length?: number };
}

interface Counted {
  sent?: number;
  received?: number;
  /** What the answer announced, or 0 where it can have no body. */
  announced?: number | undefined;
}

const counts = new WeakMap<UndiciRequest, Counted>();

/** Counts the bytes of bodies of fetch and undici; their pieces are told from Node 24 on, before it is what was announced. Returns the function that ends it. */
export function observeUndiciBytes(): () => void {
  return listen({
    'undici:request:create': ({ request }: UndiciEvent) => counts.set(request, {}),
    'undici:request:bodyChunkSent': ({ request, chunk }: UndiciEvent) => {
      const counted = counts.get(request);
      if (counted) counted.sent = (counted.sent ?? 0) + sizeOf(chunk);
    },
    'undici:request:bodyChunkReceived': ({ request, chunk }: UndiciEvent) => {
      const counted = counts.get(request);
      if (counted) counted.received = (counted.received ?? 0) + sizeOf(chunk);
    },
    'undici:request:headers': ({ request, response }: UndiciEvent) => {
      const counted = counts.get(request);
      if (counted) counted.announced = announcedIn(request, response);
    },
  });
}

/** Bodies of a request of fetch or undici. */
export function fetchedBytes(request: object): BodyBytes {
  const { body, contentLength } = request as UndiciRequest;
  const { sent, received, announced } = counts.get(request as UndiciRequest) ?? {};
  const known = contentLength ?? (body === null || body === undefined ? 0 : undefined);
  return { request: sent ?? known, response: received ?? announced };
}

function announcedIn(
  { method }: UndiciRequest,
  { statusCode, headers = [] }: UndiciEvent['response'],
): number | undefined {
  if (method === 'HEAD' || statusCode === 204 || statusCode === 304) return 0;
  const name = headers.findIndex((text, at) => at % 2 === 0 && /^content-length$/i.test(`${text}`));
  return name < 0 ? undefined : Number(headers[name + 1]);
}

function sizeOf(chunk: UndiciEvent['chunk'] | string): number {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk) : (chunk.byteLength ?? 0);
}
