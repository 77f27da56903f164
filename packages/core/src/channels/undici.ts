import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest, type HttpClientNeeds, type Target } from './client-request.ts';

const CREATE = 'undici:request:create';
const HEADERS = 'undici:request:headers';
const TRAILERS = 'undici:request:trailers'; // the body has been read
const ERROR = 'undici:request:error';

interface UndiciRequest {
  readonly origin: string | URL;
  readonly method: string;
  readonly path: string;
  addHeader(name: string, value: string): void;
}

interface UndiciEvent {
  readonly request: UndiciRequest;
  readonly response?: { readonly statusCode: number };
  readonly error?: unknown;
}

/** A client span and a duration for every request of fetch and undici. Returns the function that ends it. */
export function observeUndici(needs: HttpClientNeeds): () => void {
  const requests = new WeakMap<UndiciRequest, ClientRequest>();

  const listeners: Record<string, (event: UndiciEvent) => void> = {
    [CREATE]({ request }) {
      const state = ClientRequest.start(needs, targetOf(request));
      if (!state) return;
      requests.set(request, state);
      state.inject((name, value) => request.addHeader(name, value));
    },
    [HEADERS]({ request, response }) {
      requests.get(request)?.answered(response?.statusCode);
    },
    [TRAILERS]({ request }) {
      requests.get(request)?.end();
    },
    [ERROR]({ request, error }) {
      const state = requests.get(request);
      state?.failed(error);
      state?.end();
    },
  };

  const entries = Object.entries(listeners) as [string, (message: unknown) => void][];
  for (const [channel, listener] of entries) subscribe(channel, listener);
  return () => {
    for (const [channel, listener] of entries) unsubscribe(channel, listener);
  };
}

function targetOf({ origin, method, path }: UndiciRequest): Target {
  const { protocol, hostname, port } = typeof origin === 'string' ? new URL(origin) : origin;
  const scheme = protocol === 'https:' ? 'https' : 'http';
  return {
    method,
    scheme,
    host: hostname,
    port: Number(port) || (scheme === 'https' ? 443 : 80),
    url: () => `${String(origin).replace(/\/$/, '')}${path}`,
  };
}
