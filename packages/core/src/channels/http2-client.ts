import type { ClientHttp2Stream, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import { ClientRequest, type HttpClientNeeds } from './client-request.ts';
import { isPushed } from './http2-messages.ts';
import { listen } from './listen.ts';
import type { Target } from './target.ts';

/** On a connection that stands, `start` comes before `created`, else after. */
const CREATED = 'http2.client.stream.created';
const START = 'http2.client.stream.start';
const ANSWERED = 'http2.client.stream.finish'; // published when the response's headers have arrived
const ERROR = 'http2.client.stream.error';
const CLOSE = 'http2.client.stream.close';

interface StreamEvent {
  readonly stream: ClientHttp2Stream;
  readonly headers: OutgoingHttpHeaders & IncomingHttpHeaders;
  readonly error?: unknown;
}

/** The sizes of HTTP/2 bodies are not measured. */
const unknown = () => ({ request: undefined, response: undefined });

/**
 * A client span and a duration for every request of node:http2. Its channels tell of a request when its headers are
 * packed already, so the context cannot be injected here. One that carries it was made by a client with a span of its
 * own, such as fetch, or by hand. Returns the function that ends it.
 */
export function observeHttp2Client(needs: HttpClientNeeds): () => void {
  const requests = new WeakMap<ClientHttp2Stream, ClientRequest | undefined>();
  const fields = needs.propagator.fields();

  function onStart({ stream, headers }: StreamEvent): void {
    if (requests.has(stream) || isPushed(stream)) return;
    const isCarrier = fields.some((field) => headers[field] !== undefined);
    requests.set(stream, isCarrier ? undefined : ClientRequest.start(needs, targetOf(headers)));
  }

  return listen({
    [CREATED]: onStart,
    [START]: onStart,
    [ANSWERED]({ stream, headers }: StreamEvent) {
      const request = requests.get(stream);
      request?.reached(stream.session?.socket);
      request?.answered(Number(headers[':status']), '2');
    },
    [ERROR]({ stream, error }: StreamEvent) {
      requests.get(stream)?.failed(error);
    },
    [CLOSE]({ stream }: StreamEvent) {
      requests.get(stream)?.end(unknown);
      requests.set(stream, undefined);
    },
  });
}

function targetOf(headers: OutgoingHttpHeaders): Target {
  const scheme = headers[':scheme'] === 'http' ? 'http' : 'https';
  const base = `${scheme}://${headers[':authority'] ?? headers.host ?? ''}`;
  const { hostname = '', port = '' } = URL.canParse(base) ? new URL(base) : {};
  return {
    method: String(headers[':method']),
    scheme,
    host: hostname,
    port: Number(port) || (scheme === 'https' ? 443 : 80),
    url: () => `${base}${headers[':path'] ?? ''}`,
    headerOf: (name) => headers[name],
  };
}
