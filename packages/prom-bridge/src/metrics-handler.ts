import type { IncomingMessage, ServerResponse } from 'node:http';
import { register } from 'prom-client';
import { checkRegistry, type PromRegistry } from './prom-registry.ts';

/**
 * A handler that serves a prom-client registry, for Express, `node:http` and anything with their request and response:
 * GET and HEAD get the registry's text in its content type, other methods 405. A metric whose `collect` throws makes it
 * 500 with the reason; it never throws.
 *
 * @param registry - default: prom-client's global one.
 * @throws TypeError when it is given something else, at once and not on a request.
 *
 * @example
 * ```ts
 * app.get('/prometheus/metrics', metricsHandler(registry));
 * ```
 */
export function metricsHandler(
  registry: PromRegistry = register,
): (request: IncomingMessage, response: ServerResponse) => void {
  checkRegistry('metricsHandler(registry)', registry);
  return function serveMetrics(request, response) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    answerWith(registry, response).catch((reason) =>
      answer(response, 500, 'text/plain; charset=utf-8', `metrics: ${textOf(reason)}\n`),
    );
  };
}

async function answerWith(registry: PromRegistry, response: ServerResponse): Promise<void> {
  const text = String(await registry.metrics());
  answer(response, 200, registry.contentType, text);
}

function textOf(reason: unknown): string {
  try {
    return String(reason);
  } catch {
    return 'a reason that cannot be shown as text';
  }
}

function answer(response: ServerResponse, status: number, contentType: string, text: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': contentType }).end(text);
}
