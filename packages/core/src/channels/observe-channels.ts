import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Context, Meter } from '@opentelemetry/api';
import type { HeaderPropagator } from '../context/header-propagator.ts';
import type { HttpSettings } from '../settings/read-http.ts';
import { observeActiveRequests } from './active-requests.ts';
import type { HttpClientNeeds } from './client-request.ts';
import { emitInContext } from './emit-in-context.ts';
import { observeExpress } from './express.ts';
import { observeFastify } from './fastify.ts';
import { observeHttpClient } from './http-client.ts';
import { type HttpServerNeeds, observeHttpServer } from './http-server.ts';
import { observeHttp2Client } from './http2-client.ts';
import { observeHttp2Server } from './http2-server.ts';
import { observeMessageBytes } from './message-bytes.ts';
import { observeUndici } from './undici.ts';
import { observeUndiciBytes } from './undici-bytes.ts';

/** What the channels need together. */
export interface ChannelNeeds extends HttpServerNeeds, HttpClientNeeds {
  readonly propagator: HeaderPropagator;
  readonly storage: AsyncLocalStorage<Context>;
  readonly http: HttpSettings;
  readonly meter: Meter;
}

/** Opens every door. Returns the function that closes them. */
export function observeChannels(needs: ChannelNeeds): () => void {
  const { http, meter } = needs;
  const stops = [
    ...(http.bodySizes ? [observeMessageBytes(), observeUndiciBytes()] : []),
    ...(http.activeRequests ? [observeActiveRequests(meter)] : []),
    emitInContext(needs.storage),
    observeHttpServer(needs),
    observeHttpClient(needs),
    observeHttp2Server(needs),
    observeHttp2Client(needs),
    observeUndici(needs),
    observeExpress(),
    observeFastify(),
  ];
  return () => {
    // The last first: two of them wrap the same function.
    for (const stop of stops.reverse()) stop();
  };
}
