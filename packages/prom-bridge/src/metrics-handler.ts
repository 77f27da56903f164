import type { IncomingMessage, ServerResponse } from 'node:http';
import { register } from 'prom-client';
import type { PromRegistry } from './prom-registry.ts';

/**
 * A handler that serves a prom-client registry, for Express, `node:http` and anything with their request and response:
 * GET and HEAD get the registry's text in its content type, other methods 405. A metric whose `collect` throws makes it
 * 500 with the reason; it never throws.
 *
 * @param registry - default: prom-client's global one.
 *
 * @example
 * ```ts
 * app.get('/prometheus/metrics', metricsHandler(registry));
 * ```
 */
export function metricsHandler(
  registry: PromRegistry = register,
): (request: IncomingMessage, response: ServerResponse) => void {
  return function serveMetrics(request, response) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    registry.metrics().then(
      (text) => answer(response, 200, registry.contentType, text),
      (reason) => answer(response, 500, 'text/plain; charset=utf-8', `metrics: ${reason}\n`),
    );
  };
}

function answer(response: ServerResponse, status: number, contentType: string, text: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': contentType }).end(text);
}
