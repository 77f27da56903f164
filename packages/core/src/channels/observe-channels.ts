import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '@opentelemetry/api';
import type { OwnInstrumentation } from '../settings/instrumentation-names.ts';
import { emitInContext } from './emit-in-context.ts';
import { observeExpress } from './express.ts';
import { observeFastify } from './fastify.ts';
import { observeHttpClient } from './http-client.ts';
import { type HttpServerNeeds, observeHttpServer } from './http-server.ts';
import { observeUndici } from './undici.ts';

/** What the channels need together. */
export interface ChannelNeeds extends HttpServerNeeds {
  readonly storage: AsyncLocalStorage<Context>;
  readonly disabled: ReadonlySet<OwnInstrumentation>;
}

/** Opens every door that is wanted. Returns the function that closes them. */
export function observeChannels(needs: ChannelNeeds): () => void {
  const doors: [OwnInstrumentation, () => () => void][] = [
    ['http', () => emitInContext(needs.storage)],
    ['http', () => observeHttpServer(needs)],
    ['http', () => observeHttpClient(needs)],
    ['undici', () => observeUndici(needs)],
    ['express', observeExpress],
    ['fastify', observeFastify],
  ];
  const stops = doors.flatMap(([name, open]) => (needs.disabled.has(name) ? [] : open()));
  return () => {
    for (const stop of stops) stop();
  };
}
