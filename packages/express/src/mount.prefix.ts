import { diag } from '@opentelemetry/api';
import type { ExpressApp, ExpressRequest, ExpressRoute, RouterLayer } from './express.request.ts';
import { matchedPath } from './matched.path.ts';
import { writtenMounts } from './written.mounts.ts';

/** Where a route stands: the template of what it is mounted under, and the path left for it. */
interface Mount {
  prefix: string;
  rest: string;
}

/** What Express 4 puts behind every mount path that it compiles. */
const COMPILED_MOUNT_END = '\\/?(?=\\/|$)';

type Found = Mount | 'parameters' | undefined;

/** Applications whose mount paths were complained about: once is enough for each. */
const warned = new WeakSet<object>();

/**
 * Finds the routers above `route` by walking down from the application along the request's path.
 *
 * `req.baseUrl` alone will not do: it holds concrete values where a mount path has parameters, and
 * an error that has left its router has reset it.
 */
export function mountPrefix(req: ExpressRequest, route: ExpressRoute): Mount | undefined {
  const app = req.app;
  const path = pathOf(req);
  const above = app && appPrefix(app, path);
  if (!app || !above) return warnOnce(app ?? route);
  const found = findBelow(stackOf(app), route, above.rest);
  if (found === undefined || found === 'parameters') return warnOnce(app);
  return { prefix: above.prefix + found.prefix, rest: found.rest };
}

function pathOf(req: ExpressRequest): string {
  const url = req.originalUrl ?? req.url ?? '/';
  const path = url.startsWith('/') ? url : new URL(url, 'http://localhost').pathname;
  const query = path.indexOf('?');
  return query === -1 ? path : path.slice(0, query);
}

function stackOf(app: ExpressApp): RouterLayer[] {
  // In this order: Express 4 has a getter `router` that throws.
  return (app._router ?? app.router)?.stack ?? [];
}

/** The mount paths of an application mounted on others, which Express documents as `mountpath`. */
function appPrefix(app: ExpressApp, path: string): Mount | undefined {
  if (!app.parent) return { prefix: '', rest: path };
  const above = appPrefix(app.parent, path);
  if (!above || typeof app.mountpath !== 'string') return undefined;
  const template = trimSlash(app.mountpath);
  const segments = template === '' ? 0 : template.split('/').length - 1;
  const rest = above.rest.split('/').slice(segments + 1);
  return { prefix: above.prefix + template, rest: `/${rest.join('/')}` };
}

function findBelow(stack: RouterLayer[], route: ExpressRoute, path: string): Found {
  for (const layer of stack) {
    if (layer.route === route) return { prefix: '', rest: path };
    const stack = stackBehind(layer);
    const inner = stack && findThrough(layer, stack, route, path);
    if (inner) return inner;
  }
  return undefined;
}

/** Of a router its own; Express hides a mounted application in a closure. */
function stackBehind(layer: RouterLayer): RouterLayer[] | undefined {
  const app = writtenMounts.get(layer)?.app;
  return app ? stackOf(app) : layer.handle?.stack;
}

function findThrough(
  layer: RouterLayer,
  stack: RouterLayer[],
  route: ExpressRoute,
  path: string,
): Found {
  const mount = matchMount(layer, path);
  if (!mount) return undefined;
  const below = findBelow(stack, route, mount.rest);
  if (!below || below === 'parameters') return below;
  return mount.parameters ? 'parameters' : { ...below, prefix: mount.prefix + below.prefix };
}

function matchMount(
  layer: RouterLayer,
  path: string,
): (Mount & { parameters: boolean }) | undefined {
  if (layer.slash || layer.regexp?.fast_slash) return { prefix: '', rest: path, parameters: false };
  const match = matchText(layer, path);
  if (!match) return undefined;
  const text = trimSlash(match.text);
  const rest = path.slice(text.length) || '/';
  const template = writtenTemplate(layer, text);
  if (template !== undefined) return { prefix: trimSlash(template), rest, parameters: false };
  return { prefix: text, rest, parameters: match.parameters };
}

/** The path of this mount as the application wrote it, where `instrumentExpress()` saw it; of an array the entry that matched. */
function writtenTemplate(layer: RouterLayer, text: string): string | undefined {
  const written = writtenMounts.get(layer)?.path;
  const matched = Array.isArray(written) ? matchedPath(written, text) : written;
  return matched === undefined ? undefined : String(matched);
}

function matchText(
  layer: RouterLayer,
  path: string,
): { text: string; parameters: boolean } | undefined {
  const own = layer.regexp?.exec(path);
  if (own && layer.regexp) return { text: own[0], parameters: !isLiteral(layer.regexp, layer) };
  for (const match of layer.matchers ?? []) {
    const result = match(path);
    if (result) return { text: result.path, parameters: Object.keys(result.params).length > 0 };
  }
  return undefined;
}

/** Express 4: compiled from a string without parameters; a regular expression of the app's is not. */
function isLiteral(regexp: RegExp, layer: RouterLayer): boolean {
  return layer.keys?.length === 0 && regexp.source.endsWith(COMPILED_MOUNT_END);
}

function trimSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text;
}

function warnOnce(app: object): undefined {
  if (warned.has(app)) return;
  warned.add(app);
  diag.warn(
    '@org/otel-express: http.route is left out where a router is mounted under a path with parameters, ' +
      'because this version of the router does not tell its mount path. ' +
      'Express 5: run `npm update router` (2.3 or later). Express 4: call instrumentExpress(app) before the mounts.',
  );
}
