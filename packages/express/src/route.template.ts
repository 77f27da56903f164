import type { IncomingMessage } from 'node:http';
import type { ExpressPath, ExpressRequest } from './express.request.ts';
import { matchedPath } from './matched.path.ts';
import { mountPrefix } from './mount.prefix.ts';

/**
 * The template of the route that took the request (`/orders/:id`), or undefined when none did or
 * when the mount path it stands under cannot be known. Meant for the end of a request.
 */
export function routeTemplate(request: IncomingMessage): string | undefined {
  const req = request as ExpressRequest;
  if (!req.route) return undefined;
  const mount = mountPrefix(req, req.route);
  if (!mount) return undefined;
  const own = ownTemplate(req.route.path, mount.rest);
  return own === undefined ? undefined : join(mount.prefix, own);
}

function ownTemplate(path: ExpressPath, rest: string): string | undefined {
  const matched = Array.isArray(path) ? matchedPath(path, rest) : (path as string | RegExp);
  return matched === undefined ? undefined : String(matched);
}

function join(prefix: string, own: string): string {
  if (prefix === '') return own;
  return own === '/' ? prefix : prefix + own;
}
