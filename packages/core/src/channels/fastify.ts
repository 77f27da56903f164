import type { IncomingMessage } from 'node:http';
import { diag } from '@opentelemetry/api';
import { type FastifyApp, instrumentFastify } from './instrument-fastify.ts';
import { listen } from './listen.ts';
import { ServerRequest } from './server-request.ts';

const CREATED = 'fastify.initialization'; // Fastify 4 and 5
const START = 'tracing:fastify.request.handler:start'; // Fastify 5
const ERROR = 'tracing:fastify.request.handler:error';

interface HandlerEvent {
  readonly request: { readonly raw: IncomingMessage };
  readonly route: { readonly url?: string };
  readonly error?: unknown;
}

/**
 * Routes and errors of Fastify. Its handler's channel reaches applications that were made before
 * `init()`, but is silent where no handler runs; the hooks of those made after tell the rest.
 * Returns the function that ends it.
 */
export function observeFastify(): () => void {
  return listen({ [CREATED]: onCreated, [START]: onHandlerStart, [ERROR]: onHandlerError });
}

function onCreated(message: unknown): void {
  try {
    instrumentFastify((message as { fastify: FastifyApp }).fastify);
  } catch (error) {
    diag.error('@org/otel-core: Fastify took no hooks; routes come from its handlers only', error);
  }
}

function onHandlerStart(message: unknown): void {
  const { request, route } = message as HandlerEvent;
  if (route.url !== undefined) ServerRequest.of(request.raw)?.setRoute(route.url);
}

function onHandlerError(message: unknown): void {
  const { request, error } = message as HandlerEvent;
  ServerRequest.of(request.raw)?.recordError(error);
}
