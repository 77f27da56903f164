import type { IncomingMessage, ClientRequest as NodeRequest } from 'node:http';
import { guarded } from '../lifecycle/guarded.ts';
import { ClientRequest, type HttpClientNeeds } from './client-request.ts';
import { listen } from './listen.ts';
import { sentBytes } from './message-bytes.ts';
import type { Target } from './target.ts';

const CREATED = 'http.client.request.created';
const ERROR = 'http.client.request.error';
const ANSWERED = 'http.client.response.finish'; // published when the response's head has arrived

interface ClientEvent {
  readonly request: NodeRequest;
  readonly response?: IncomingMessage;
  readonly error?: unknown;
}

/** A client span and a duration for every request of node:http and node:https. Returns the function that ends it. */
export function observeHttpClient(needs: HttpClientNeeds): () => void {
  const requests = new WeakMap<NodeRequest, ClientRequest>();

  function onCreated(message: unknown): void {
    const { request } = message as ClientEvent;
    const state = ClientRequest.start(needs, targetOf(request));
    if (!state) return;
    requests.set(request, state);
    if (!request.headersSent) state.inject((name, value) => request.setHeader(name, value));
    // Answered and read, failed or aborted: a request closes once.
    request.once(
      'close',
      guarded('the end of a request', () => state.end(() => sentBytes(request))),
    );
  }

  function onAnswered(message: unknown): void {
    const { request, response } = message as ClientEvent;
    const headerOf = (name: string) => response?.headersDistinct[name];
    requests.get(request)?.answered(response?.statusCode, response?.httpVersion, headerOf);
  }

  function onError(message: unknown): void {
    const { request, error } = message as ClientEvent;
    requests.get(request)?.failed(error);
  }

  return listen({ [CREATED]: onCreated, [ANSWERED]: onAnswered, [ERROR]: onError });
}

function targetOf(request: NodeRequest): Target {
  const { method, protocol, path } = request;
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const host = request.host;
  const port = portOf(request, scheme);
  return {
    method,
    scheme,
    host,
    port,
    url: () => `${scheme}://${authority(host, port, scheme)}${path}`,
    headerOf: (name) => request.getHeader(name),
  };
}

/** The port as the Host header says it; Node leaves it out where it is the scheme's own. */
function portOf(request: NodeRequest, scheme: string): number {
  const header = String(request.getHeader('host') ?? '');
  const port = Number(/:(\d+)$/.exec(header)?.[1]);
  return port || (scheme === 'https' ? 443 : 80);
}

function authority(host: string, port: number, scheme: string): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === (scheme === 'https' ? 443 : 80) ? name : `${name}:${port}`;
}
