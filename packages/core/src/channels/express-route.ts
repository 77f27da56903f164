import type { IncomingMessage } from 'node:http';

interface RoutedRequest extends IncomingMessage {
  readonly baseUrl?: string;
  readonly originalUrl?: string;
  readonly route?: { readonly path?: unknown };
}

/**
 * The template that Express or Nest left on the request, for versions whose router has no channel.
 * Under a mount path `baseUrl` holds the concrete text, ids included: nothing is said then.
 */
export function expressRouteOf(request: IncomingMessage): string | undefined {
  const { baseUrl, route } = request as RoutedRequest;
  if (baseUrl || !route) return undefined;
  const { path } = route;
  if (typeof path === 'string') return isWhole(path, request) ? path : undefined;
  return path instanceof RegExp ? String(path) : undefined;
}

/** An error that leaves a nested router resets `baseUrl` while `route` is still the inner one: then a part is missing. */
function isWhole(path: string, { originalUrl, url }: RoutedRequest): boolean {
  if (/[*{}()[\]?+\\]/.test(path)) return true; // such a pattern may match any number of segments
  const [target = ''] = (originalUrl ?? url ?? '').split('?');
  return segments(target) === segments(path);
}

function segments(path: string): number {
  return path.split('/').filter(Boolean).length;
}
