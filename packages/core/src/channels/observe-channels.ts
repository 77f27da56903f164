import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Context, Meter } from '@opentelemetry/api';
import type { HeaderPropagator } from '../context/header-propagator.ts';
import type { OwnInstrumentation } from '../settings/instrumentation-names.ts';
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
  readonly disabled: ReadonlySet<OwnInstrumentation>;
}

/** Whose switch it has, and how it is opened. */
type Door = readonly [OwnInstrumentation, () => () => void];

const sizeDoors: Door[] = [
  ['http', observeMessageBytes],
  ['undici', observeUndiciBytes],
];

/** Opens every door that is wanted. Returns the function that closes them. */
export function observeChannels(needs: ChannelNeeds): () => void {
  const { http, meter, excludedUrls } = needs;
  const doors: Door[] = [
    ...(http.bodySizes ? sizeDoors : []),
    ...(http.activeRequests
      ? [['http', () => observeActiveRequests(meter, excludedUrls)] as const]
      : []),
    ['http', () => emitInContext(needs.storage)],
    ['http', () => observeHttpServer(needs)],
    ['http', () => observeHttpClient(needs)],
    ['http', () => observeHttp2Server(needs)],
    ['http', () => observeHttp2Client(needs)],
    ['undici', () => observeUndici(needs)],
    ['express', observeExpress],
    ['fastify', observeFastify],
  ];
  const stops = doors.flatMap(([name, open]) => (needs.disabled.has(name) ? [] : open()));
  return () => {
    // The last first: two of them wrap the same function.
    for (const stop of stops.reverse()) stop();
  };
}
