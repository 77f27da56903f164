import { channel } from 'node:diagnostics_channel';
import { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

/** One request after another through Node's own channel and events, without a network. */
export interface Requests {
  /** Serves one from its start to the close of its response. */
  serve(): void;
  /** Starts another one and leaves it open. */
  start(): OpenRequest;
}

/** A request whose response has not closed. */
export interface OpenRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Answers it. */
  finish(): void;
}

const requestStarts = channel('http.server.request.start');
const layerStarts = channel('tracing:express.router.request:start');
const socket = new Socket();

/** Requests that carry these headers; `inFlight` of them are open all the time, and they go to `routes` in turn. */
export function requests(
  headers: Record<string, string>,
  { inFlight = 1, routes = 0 } = {},
): Requests {
  const server = new Server().on('request', (_request, response) => response.writeHead(200));
  const rawHeaders = Object.entries({ host: 'shop', ...headers }).flat();
  const templates = Array.from({ length: routes }, (_, index) => `/shops/${index}/orders/:id`);
  const open: OpenRequest[] = [];
  let served = 0;

  function start(): OpenRequest {
    const request = new IncomingMessage(socket);
    Object.assign(request, { method: 'GET', url: '/orders/7', rawHeaders, httpVersion: '1.1' });
    request.headers = { host: 'shop', ...headers };
    // As Node does it for the request whose turn it is, without a listener on a socket that all of them share.
    const response = Object.assign(new ServerResponse(request), { socket });
    requestStarts.publish({ request, response, socket, server });
    if (routes > 0) tellRoute({ request, response }, templates[served % routes]);
    server.emit('request', request, response);
    return { request, response, finish: () => void response.emit('close') };
  }

  function serve(): void {
    while (open.length < inFlight) open.push(start());
    const slot = served % inFlight;
    served += 1;
    open[slot]?.finish();
    open[slot] = start();
  }

  return { serve, start };
}

/** What Express's router says of a handler. */
function tellRoute(
  { request, response }: Pick<OpenRequest, 'request' | 'response'>,
  route: string | undefined,
): void {
  layerStarts.publish({ req: request, res: response, route, layer: { method: 'get' } });
}
