import type { IncomingMessage, ServerResponse } from 'node:http';
import { countSegments } from './count-segments.ts';
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

/** Templates of the mount paths a request has passed, by their concrete text. */
const mounts = new WeakMap<IncomingMessage, Map<string, string>>();

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
  const prefix = templateOf(req, req.baseUrl ?? '');
  if (prefix === undefined) return;
  state.setRoute(join(prefix, String(route)));
  if (isCatchAll(String(route))) state.leaveRoute();
}

/** `/*rest`, `*path` (Nest's own, below a global prefix), `/{*all}`: where such a route answers 404, it says that there is none. */
function isCatchAll(pattern: string): boolean {
  return pattern.includes('*') && /^\/?\{?\*\w*\}?$/.test(pattern);
}

function passMount(event: LayerEvent): void {
  const state = ServerRequest.of(event.req);
  if (!state?.isObserved) return;
  state.leaveRoute();
  rememberMount(event);
}

function rememberMount({ req, route }: LayerEvent): void {
  const base = req.baseUrl ?? '';
  if (base === '' || route === '/') return;
  const pattern = String(route);
  const parent = parentOf(req, base, pattern);
  const prefix = templateOf(req, parent);
  if (prefix === undefined) return;
  const known = mounts.get(req) ?? new Map<string, string>();
  mounts.set(req, known.set(base, join(prefix, pattern)));
}

function templateOf(req: IncomingMessage, base: string): string | undefined {
  return base === '' ? '' : mounts.get(req)?.get(base);
}

/** The concrete prefix before this layer's own part of `base`. */
function parentOf(req: IncomingMessage, base: string, pattern: string): string {
  const segments = segmentsOf(pattern);
  if (segments === undefined) return longestKnownPrefix(req, base);
  return base.split('/').slice(0, -segments).join('/');
}

/** Each segment of a plain pattern matches one of the path; wildcards, groups and regular expressions can match more. */
function segmentsOf(pattern: string): number | undefined {
  if (!pattern.startsWith('/') || /[*{}()[\]\\^$]/.test(pattern)) return undefined;
  return countSegments(pattern);
}

function longestKnownPrefix(req: IncomingMessage, base: string): string {
  let longest = '';
  for (const known of mounts.get(req)?.keys() ?? []) {
    if (known.length > longest.length && known !== base && base.startsWith(`${known}/`))
      longest = known;
  }
  return longest;
}

function join(prefix: string, pattern: string): string {
  if (prefix === '') return pattern === '' ? '/' : pattern;
  const joined = prefix.replace(/\/$/, '') + (pattern === '/' ? '' : pattern);
  return joined === '' ? '/' : joined;
}
