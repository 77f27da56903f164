import { type Context, context } from '@opentelemetry/api';
import { ClientRequest, type HttpClientNeeds, type Peer } from './client-request.ts';
import { listen } from './listen.ts';
import { Resends, type Sent } from './resends.ts';
import type { Target } from './target.ts';
import { fetchedBytes } from './undici-bytes.ts';

const CREATE = 'undici:request:create';
const SENT = 'undici:client:sendHeaders'; // to a connection that stands
const HEADERS = 'undici:request:headers';
const TRAILERS = 'undici:request:trailers'; // the body has been read
const ERROR = 'undici:request:error';

interface UndiciRequest {
  readonly origin: string | URL;
  readonly method: string;
  readonly path: string;
  /** Names and values in turn; one text before undici 6. */
  readonly headers: readonly (string | readonly string[])[] | string;
  addHeader(name: string, value: string): void;
}

/** A request on its way, and what is needed to know it again when it is sent again. */
interface OnItsWay extends Sent {
  readonly state: ClientRequest;
}

interface SentEvent {
  readonly request: UndiciRequest;
  /** The head as it is sent; over HTTP/2 without a request line. */
  readonly headers: string;
  readonly socket?: Peer;
}

interface UndiciEvent {
  readonly request: UndiciRequest;
  readonly response?: { readonly statusCode: number; readonly headers?: readonly Buffer[] };
  readonly error?: unknown;
}

/** A client span and a duration for every request of fetch and undici. Returns the function that ends it. */
export function observeUndici(needs: HttpClientNeeds): () => void {
  const requests = new WeakMap<UndiciRequest, OnItsWay>();
  const resends = new Resends();

  /** Taken out at once: what a WeakMap holds survives every collection of young garbage, and clients keep requests for long. */
  function end(request: UndiciRequest): void {
    requests.get(request)?.state.end(() => fetchedBytes(request));
    requests.delete(request);
  }

  const listeners: Record<string, (event: UndiciEvent & SentEvent) => void> = {
    [CREATE]({ request }) {
      const caller = context.active();
      const target = targetOf(request, caller, resends);
      const state = ClientRequest.start(needs, target);
      if (!state) return;
      requests.set(request, { state, target, context: caller });
      state.inject((name, value) => request.addHeader(name, value));
    },
    [SENT]({ request, headers, socket }) {
      const state = requests.get(request)?.state;
      state?.reached(socket);
      state?.sentOver(headers.startsWith(`${request.method} `) ? '1.1' : '2');
    },
    [HEADERS]({ request, response }) {
      const sent = requests.get(request);
      if (!sent || !response) return;
      const { statusCode, headers = [] } = response;
      sent.state.answered(statusCode, undefined, (name) => valuesOf(headers, name));
      resends.answered(sent, statusCode, () => valuesOf(headers, 'location')[0]);
    },
    [TRAILERS]({ request }) {
      end(request);
    },
    [ERROR]({ request, error }) {
      const sent = requests.get(request);
      if (!sent) return;
      resends.failed(sent);
      sent.state.failed(error);
      end(request);
    },
  };

  return listen(listeners);
}

/** The values of a header among names and values in turn, or in lines. */
function valuesOf(headers: UndiciRequest['headers'] | readonly Buffer[], name: string): string[] {
  const pairs = typeof headers === 'string' ? headers.split(/: |\r\n/) : headers;
  return pairs.flatMap((value, at) => {
    const isValue = at % 2 === 1 && String(pairs[at - 1]).toLowerCase() === name;
    if (!isValue) return [];
    return Array.isArray(value) ? value.map(String) : String(value);
  });
}

function targetOf(
  { origin, method, path, headers }: UndiciRequest,
  caller: Context,
  resends: Resends,
): Target {
  const url = () => `${String(origin).replace(/\/$/, '')}${path}`;
  const { protocol, hostname, port } = typeof origin === 'string' ? new URL(origin) : origin;
  const scheme = protocol === 'https:' ? 'https' : 'http';
  return {
    method,
    scheme,
    host: hostname,
    port: Number(port) || (scheme === 'https' ? 443 : 80),
    url,
    headerOf: (name) => valuesOf(headers, name),
    resendCount: resends.countOf(caller, method, url),
  };
}
