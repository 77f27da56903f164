import type { IncomingMessage } from 'node:http';

interface RoutedRequest extends IncomingMessage {
  readonly baseUrl?: string;
  readonly route?: { readonly path?: unknown };
}

/**
 * The template that Express or Nest left on the request, for versions whose router has no channel.
 * Under a mount path `baseUrl` holds the concrete text, ids included: nothing is said then.
 */
export function expressRouteOf(request: IncomingMessage): string | undefined {
  const { baseUrl, route } = request as RoutedRequest;
  if (baseUrl || !route) return undefined;
  if (typeof route.path === 'string') return route.path;
  return route.path instanceof RegExp ? String(route.path) : undefined;
}
