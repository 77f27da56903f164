import type { IncomingMessage } from 'node:http';
import type { ExecutionContext } from '@nestjs/common';

/** What Express and Fastify put on their requests, as far as it is read here. */
interface FrameworkRequest {
  /** Fastify: the request of node:http. */
  raw?: IncomingMessage;
  /** Express: the route that Nest registered, with prefix and version. */
  route?: { path?: unknown };
  /** Fastify 4.10 and later. */
  routeOptions?: { url?: unknown };
}

/** The request of node:http behind a handler and the template of its route. */
export interface RawRequest {
  request: IncomingMessage;
  route: string | undefined;
}

/** Looks through Express's or Fastify's request; undefined where the handler serves none (rpc, ws, GraphQL). */
export function rawRequest(execution: ExecutionContext): RawRequest | undefined {
  if (execution.getType<string>() !== 'http') return undefined;
  const request = execution.switchToHttp().getRequest<FrameworkRequest | undefined>();
  if (!request) return undefined;
  const route = request.route?.path ?? request.routeOptions?.url;
  return {
    request: request.raw ?? (request as IncomingMessage),
    route: typeof route === 'string' ? route : undefined,
  };
}
