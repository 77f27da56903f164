import type { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import type { Context } from '@opentelemetry/api';
import { guardedListener } from '../lifecycle/guarded.ts';
import { nodeHttp } from '../lifecycle/node-http.ts';
import { endWithConnection } from './end-with-connection.ts';
import { listen } from './listen.ts';
import { ServerRequest } from './server-request.ts';
import type { Emit } from './wrap-emit.ts';
import { WrappedEmits } from './wrapped-emits.ts';

// The one exception to "no patches", and it is Node's own code: `http.server.request.start` is a
// plain channel, so it tells of a request but cannot run the handler inside a context. And later
// `data`, `end`, `finish` and `close` listeners lose the context (nodejs/node#41285).

const endRequest = guardedListener('the end of a request', (state: ServerRequest) => state.end());

/** Runs the listeners of Node's HTTP servers, requests and responses in their request's context. Returns the function that ends it. */
export function emitInContext(storage: AsyncLocalStorage<Context>): () => void {
  const { IncomingMessage, Server, ServerResponse } = nodeHttp();
  const emits = new WrappedEmits();
  let latest: Server | undefined;

  /** Servers of node:https, and those of node:http2 with `allowHTTP1`: loading their modules to see them first takes 25 ms. */
  function meetServer({ server }: { readonly server: Server }): void {
    if (server === latest) return;
    latest = server;
    if (!(server instanceof Server)) emits.wrap(Object.getPrototypeOf(server), wrapServer);
  }

  function wrapServer(emit: Emit): Emit {
    return serverEmit(emit, storage);
  }

  emits.wrap(Server.prototype, wrapServer);
  emits.wrap(IncomingMessage.prototype, (emit) => {
    return messageEmit(emit, storage, ServerRequest.ofRequest);
  });
  emits.wrap(ServerResponse.prototype, (emit) => {
    return messageEmit(emit, storage, ServerRequest.ofResponse);
  });
  const stop = listen({ 'http.server.request.start': meetServer });
  return () => {
    stop();
    emits.restore();
  };
}

/** `request`, `checkContinue` and `checkExpectation` carry the request as their first argument. */
function serverEmit(emit: Emit, storage: AsyncLocalStorage<Context>): Emit {
  return function emitRequestInContext(this: EventEmitter, ...args) {
    const first = args[1] as object | undefined | null;
    const state = first ? ServerRequest.ofRequest(first) : undefined;
    if (state === undefined) return Reflect.apply(emit, this, args);
    if (state.response.socket === null) endWithConnection(state);
    return storage.run(state.context, emitOn, emit, this, ...args);
  };
}

type StateOf = (message: EventEmitter) => ServerRequest | undefined;

function messageEmit(emit: Emit, storage: AsyncLocalStorage<Context>, stateOf: StateOf): Emit {
  // Somebody else's, which was put there before, is called for everything.
  const isNodes = emit === EventEmitter.prototype.emit;
  // `args` is handed on by spreading alone: an engine that sees this makes no array of them.
  return function emitMessageInContext(this: EventEmitter, ...args) {
    const event = args[0];
    if (isNodes && event !== 'error' && this.listenerCount(event) === 0) {
      meetUnheard(event, this, stateOf, args[1]);
      return false; // Node's `emit` would only find out again that nobody is there
    }
    const state = stateOf(this);
    if (state === undefined) return Reflect.apply(emit, this, args);
    beforeEvent(event, this, state, args[1]);
    const handled = needsNoEntry(this, event, state, storage)
      ? Reflect.apply(emit, this, args)
      : storage.run(state.context, emitOn, emit, this, ...args);
    afterEvent(event, this, state);
    return handled;
  };
}

/** Most events of a message have no listener. */
function meetUnheard(
  event: string | symbol,
  message: EventEmitter,
  stateOf: StateOf,
  argument: unknown,
): void {
  if (event !== 'close' && event !== 'prefinish' && event !== 'pipe') return;
  const state = stateOf(message);
  if (state === undefined) return;
  beforeEvent(event, message, state, argument);
  afterEvent(event, message, state);
}

function emitOn(emit: Emit, emitter: EventEmitter, ...args: Parameters<Emit>): boolean {
  return Reflect.apply(emit, emitter, args);
}

function beforeEvent(
  event: string | symbol,
  message: EventEmitter,
  state: ServerRequest,
  argument: unknown,
): void {
  if (event === 'finish') state.ownEndListeners = -state.request.listenerCount('end');
  else if (event === 'prefinish' && message === state.response) state.keepRoute();
  else if (event === 'pipe') state.recordBreakOf(argument as EventEmitter);
}

function afterEvent(event: string | symbol, message: EventEmitter, state: ServerRequest): void {
  // Node itself listens to the end of a request whose response is finished.
  if (event === 'finish') state.ownEndListeners += state.request.listenerCount('end');
  // After the listeners, so that what they add to the span still counts; finished or aborted, a response closes once.
  else if (event === 'close' && message === state.response) endRequest(state);
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
  return message.listenerCount(event) <= own || storage.getStore() === state.context;
}
