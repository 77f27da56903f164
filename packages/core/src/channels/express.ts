import type { IncomingMessage, ServerResponse } from 'node:http';
import { ExpressMounts, joinTemplates } from './express-mounts.ts';
import { listen } from './listen.ts';
import { ServerRequest } from './server-request.ts';

const START = 'tracing:express.router.request:start';
const ERROR = 'tracing:express.router.request:error';

/** What the router publishes: `route` is the pattern of this layer alone. */
interface LayerEvent {
  readonly req: IncomingMessage & { readonly baseUrl?: string };
  readonly res: ServerResponse;
  readonly layer: object;
  readonly route: string | RegExp | undefined;
  readonly error?: unknown;
  readonly param?: string;
  readonly errorHandler?: boolean;
}

/** Route templates and errors from the channel of Express's router (router >= 2.3). Returns the function that ends it. */
export function observeExpress(): () => void {
  return listen({ [START]: onLayerStart, [ERROR]: onLayerError });
}

function onLayerStart(message: unknown): void {
  const event = message as LayerEvent;
  if (event.param !== undefined || event.errorHandler || event.route === undefined) return;
  if (isRouteHandler(event.layer)) tellRoute(event);
  else passMount(event);
}

function onLayerError(message: unknown): void {
  const { req, error } = message as LayerEvent;
  ServerRequest.of(req)?.recordError(error);
}

/** Only the layers inside a Route have a method, even where it is undefined for `all()`. */
function isRouteHandler(layer: object): boolean {
  return 'method' in layer;
}

/** A handler that calls next() after it answered lets other routes start: the one that answered stays. */
function tellRoute({ req, res, route }: LayerEvent): void {
  const state = ServerRequest.of(req);
  if (!state?.isObserved || res.headersSent) return;
  const base = req.baseUrl ?? '';
  const prefix = base === '' ? '' : state.mounts?.templateOf(base);
  if (prefix === undefined) return;
  state.setRoute(joinTemplates(prefix, String(route)));
  if (isCatchAll(String(route))) state.leaveRoute();
}

/** `/*rest`, `*path` (Nest's own, below a global prefix), `/{*all}`: where such a route answers 404, it says that there is none. */
function isCatchAll(pattern: string): boolean {
  return pattern.includes('*') && /^\/?\{?\*\w*\}?$/.test(pattern);
}

function passMount({ req, route }: LayerEvent): void {
  const state = ServerRequest.of(req);
  if (!state?.isObserved) return;
  state.leaveRoute();
  const base = req.baseUrl ?? '';
  if (base === '' || route === '/') return;
  state.mounts ??= new ExpressMounts();
  state.mounts.pass(base, String(route));
}
