import type { IncomingMessage } from 'node:http';
import { warn } from '../lifecycle/warnings.ts';
import { countSegments } from './count-segments.ts';

interface RoutedRequest extends IncomingMessage {
  readonly baseUrl?: string;
  readonly originalUrl?: string;
  readonly route?: { readonly path?: unknown };
}

/**
 * The template that Express or Nest left on the request, for versions whose router has no channel.
 * Under a mount path `baseUrl` holds the concrete text, ids included: nothing is said of it then.
 */
export function expressRouteOf(request: IncomingMessage): string | undefined {
  const { baseUrl, route } = request as RoutedRequest;
  if (!route) return undefined;
  if (baseUrl) return warnOfMounts();
  const { path } = route;
  if (typeof path === 'string') return isWhole(path, request) ? path : undefined;
  return path instanceof RegExp ? String(path) : undefined;
}

let warned = false;

function warnOfMounts(): undefined {
  if (warned) return;
  warned = true;
  warn(
    'express mounts',
    'http.route is left out where a router of Express is mounted under a path, because this version of the router does not tell it. ' +
      'Express 5: run `npm update router` (2.3 or later). Express 4: call instrumentExpress(app) of @org/otel-express before the mounts',
  );
}

/** An error that leaves a nested router resets `baseUrl` while `route` is still the inner one: then a part is missing. */
function isWhole(path: string, { originalUrl, url }: RoutedRequest): boolean {
  if (/[*{}()[\]?+\\]/.test(path)) return true; // such a pattern may match any number of segments
  return countSegments(originalUrl ?? url ?? '') === countSegments(path);
}
