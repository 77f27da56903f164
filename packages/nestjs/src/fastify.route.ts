import type { IncomingMessage } from 'node:http';
import type { HttpAdapterHost } from '@nestjs/core';
import { setRoute } from '@org/otel-core';

interface FastifyRequest {
  raw: IncomingMessage;
  routeOptions?: { url?: string | undefined };
}

type OnRequest = (request: FastifyRequest, reply: unknown, done: () => void) => void;

interface Fastify {
  addHook(name: 'onRequest', hook: OnRequest): unknown;
}

/**
 * Where Nest runs on Fastify, its first hook tells core the route, so that a request which a guard
 * refuses has one too. On Express core reads it from the request.
 */
export function tellFastifyRoutes({ httpAdapter }: HttpAdapterHost): void {
  // An application without HTTP (a microservice, a script) has no adapter.
  if (httpAdapter?.getType?.() !== 'fastify') return;
  httpAdapter.getInstance<Fastify>().addHook('onRequest', tellRoute);
}

function tellRoute({ raw, routeOptions }: FastifyRequest, _reply: unknown, done: () => void): void {
  const route = routeOptions?.url;
  if (route !== undefined) setRoute(raw, route);
  done();
}
