import type { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';
import { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as SecureServer } from 'node:https';
import type { Context } from '@opentelemetry/api';
import { guarded } from '../lifecycle/guarded.ts';
import { ServerRequest } from './server-request.ts';
import { type Emit, wrapEmit } from './wrap-emit.ts';

// The one exception to "no patches", and it is Node's own code: `http.server.request.start` is a
// plain channel, so it tells of a request but cannot run the handler inside a context. And later
// `data`, `end`, `finish` and `close` listeners lose the context (nodejs/node#41285).

const endRequest = guarded('the end of a request', (state: ServerRequest) => state.end());

const messages = [IncomingMessage.prototype, ServerResponse.prototype];
const servers = [Server.prototype, SecureServer.prototype];

/** Runs the listeners of Node's HTTP servers, requests and responses in their request's context. Returns the function that ends it. */
export function emitInContext(storage: AsyncLocalStorage<Context>): () => void {
  const restores = [
    ...servers.map((prototype) => wrapEmit(prototype, (emit) => serverEmit(emit, storage))),
    ...messages.map((prototype) => wrapEmit(prototype, (emit) => messageEmit(emit, storage))),
  ];
  return () => {
    for (const restore of restores) restore();
  };
}

/** `request`, `checkContinue` and `checkExpectation` carry the request as their first argument. */
export function serverEmit(emit: Emit, storage: AsyncLocalStorage<Context>): Emit {
  return function emitRequestInContext(this: EventEmitter, ...args) {
    const first: unknown = args[1];
    const state = first instanceof IncomingMessage ? ServerRequest.of(first) : undefined;
    if (!state) return Reflect.apply(emit, this, args);
    return storage.run(state.context, Reflect.apply, emit, this, args) as boolean;
  };
}

function messageEmit(emit: Emit, storage: AsyncLocalStorage<Context>): Emit {
  return function emitMessageInContext(this: EventEmitter, ...args) {
    const state = ServerRequest.of(this);
    if (!state) return Reflect.apply(emit, this, args);
    if (args[0] === 'prefinish' && this === state.response) state.keepRoute();
    const endListeners = args[0] === 'finish' ? state.request.listenerCount('end') : 0;
    const handled = needsNoEntry(this, args[0], state, storage)
      ? Reflect.apply(emit, this, args)
      : (storage.run(state.context, Reflect.apply, emit, this, args) as boolean);
    // Node itself listens to the end of a request whose response is finished.
    if (args[0] === 'finish') {
      state.ownEndListeners = state.request.listenerCount('end') - endListeners;
    }
    // After the listeners, so that what they add to the span still counts; finished or aborted, a response closes once.
    if (args[0] === 'close' && this === state.response) endRequest(state);
    return handled;
  };
}

/**
 * Whether the context is entered already, or nobody is there for the event. Most events of a message have no listener but
 * Node's own: entering a context for them is a third of the whole cost.
 */
function needsNoEntry(
  message: EventEmitter,
  event: string | symbol,
  state: ServerRequest,
  storage: AsyncLocalStorage<Context>,
): boolean {
  const own = event === 'end' ? state.ownEndListeners : 0;
  return storage.getStore() === state.context || message.listenerCount(event) <= own;
}
