import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '@opentelemetry/api';
import type { HeaderPropagator } from '../context/header-propagator.ts';
import type { HttpClientNeeds } from './client-request.ts';
import { emitInContext } from './emit-in-context.ts';
import { observeExpress } from './express.ts';
import { observeFastify } from './fastify.ts';
import { observeHttpClient } from './http-client.ts';
import { type HttpServerNeeds, observeHttpServer } from './http-server.ts';
import { observeUndici } from './undici.ts';

/** What the channels need together. */
export interface ChannelNeeds extends HttpServerNeeds, HttpClientNeeds {
  readonly propagator: HeaderPropagator;
  readonly storage: AsyncLocalStorage<Context>;
}

/** Opens every door. Returns the function that closes them. */
export function observeChannels(needs: ChannelNeeds): () => void {
  const stops = [
    emitInContext(needs.storage),
    observeHttpServer(needs),
    observeHttpClient(needs),
    observeUndici(needs),
    observeExpress(),
    observeFastify(),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
