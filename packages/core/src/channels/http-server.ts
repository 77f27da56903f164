import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { carriesAny } from '../context/carries-any.ts';
import type { HttpDurations } from '../metrics/http-durations.ts';
import { listen } from './listen.ts';
import { type RequestEntryNeeds, requestEntry, UNSEEN } from './request-entry.ts';
import { ServerRequest } from './server-request.ts';
import { UNTRACED } from './untraced.ts';

const CHANNEL = 'http.server.request.start';

interface RequestStart {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly server: Server;
}

/** What the channel needs: where spans and durations go, and whom to believe. */
export interface HttpServerNeeds extends RequestEntryNeeds {
  /** Asked for each request: metrics may be wanted later than spans. */
  readonly durations: HttpDurations | undefined;
}

/** A server span and a duration for every request that node:http or node:https serves. Returns the function that ends it. */
export function observeHttpServer(needs: HttpServerNeeds): () => void {
  const enter = requestEntry(needs);
  const { incomingFields } = needs.propagator;
  const captured = needs.captures.serverResponse;

  function onRequestStart(message: unknown): void {
    const { request, response, server } = message as RequestStart;
    if (UNTRACED in server) return;
    const context = enter(request, carriesAny(request.rawHeaders, incomingFields));
    const durations = context.span === UNSEEN ? undefined : needs.durations;
    new ServerRequest(request, response, context.span, context, durations, captured);
  }

  return listen({ [CHANNEL]: onRequestStart });
}
