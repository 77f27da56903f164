import type { IncomingMessage, ClientRequest as NodeRequest } from 'node:http';
import type { Socket } from 'node:net';
import { type Context, context } from '@opentelemetry/api';
import { guarded } from '../lifecycle/guarded.ts';
import { ClientRequest, type HttpClientNeeds } from './client-request.ts';
import { listen } from './listen.ts';
import { sentBytes } from './message-bytes.ts';
import { Resends, type Sent } from './resends.ts';
import type { Target } from './target.ts';

const CREATED = 'http.client.request.created';
const ERROR = 'http.client.request.error';
const ANSWERED = 'http.client.response.finish'; // published when the response's head has arrived

/** A request with its answer, which Node keeps on it: of an upgrade it tells nowhere else. */
type Answered = NodeRequest & { readonly res?: IncomingMessage | null };

/** A request on its way, and what is needed to know it again when it is sent again. */
interface OnItsWay extends Sent {
  readonly state: ClientRequest;
}

interface ClientEvent {
  readonly request: NodeRequest;
  readonly response?: IncomingMessage;
  readonly error?: unknown;
}

/** A client span and a duration for every request of node:http and node:https. Returns the function that ends it. */
export function observeHttpClient(needs: HttpClientNeeds): () => void {
  const requests = new WeakMap<NodeRequest, OnItsWay>();
  const resends = new Resends();

  function onCreated(message: unknown): void {
    const { request } = message as ClientEvent;
    const caller = context.active();
    const target = targetOf(request, caller, resends);
    const state = ClientRequest.start(needs, target);
    if (!state) return;
    requests.set(request, { state, target, context: caller });
    if (!request.headersSent) state.inject((name, value) => request.setHeader(name, value));
    // Answered and read, failed or aborted: a request closes once.
    request.once(
      'close',
      guarded('the end of a request', () => {
        requests.delete(request); // what a WeakMap holds survives every collection of young garbage
        tellEnd(request, state);
        state.end(() => sentBytes(request));
      }),
    );
  }

  function onAnswered(message: unknown): void {
    const { request, response } = message as ClientEvent;
    const sent = requests.get(request);
    if (!sent || !response) return;
    tellAnswer(request, response, sent.state);
    const { statusCode = 0, headers } = response;
    resends.answered(sent, statusCode, () => headers.location);
  }

  function onError(message: unknown): void {
    const { request, error } = message as ClientEvent;
    const sent = requests.get(request);
    if (!sent) return;
    sent.state.failed(error);
    resends.failed(sent);
  }

  return listen({ [CREATED]: onCreated, [ANSWERED]: onAnswered, [ERROR]: onError });
}

function tellAnswer(request: NodeRequest, response: IncomingMessage, state: ClientRequest): void {
  state.reached(request.socket);
  const { statusCode, httpVersion } = response;
  state.answered(statusCode, httpVersion, (name) => response.headersDistinct[name]);
}

/** What no channel tells: the answer to an upgrade, and what cut an answer short. */
function tellEnd(request: Answered, state: ClientRequest): void {
  const { res } = request;
  if (!res) return;
  if (!state.isAnswered) tellAnswer(request, res, state);
  const isCutShort = !res.complete && !(res as { upgrade?: boolean }).upgrade;
  if (isCutShort) state.failed(breakOf(request.socket, res));
}

/** The connection's error, or its end before the answer's. A caller that wants no more and closes it makes neither. */
function breakOf(socket: Socket | null, response: IncomingMessage): unknown {
  return socket?.errored ?? (socket?.readableEnded ? response.errored : undefined) ?? undefined;
}

function targetOf(request: NodeRequest, caller: Context, resends: Resends): Target {
  const { method, protocol, path } = request;
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const host = request.host;
  const port = portOf(request, scheme);
  const url = () => `${scheme}://${authority(host, port, scheme)}${path}`;
  return {
    method,
    scheme,
    host,
    port,
    url,
    headerOf: (name) => request.getHeader(name),
    resendCount: resends.countOf(caller, method, url),
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
