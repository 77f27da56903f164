import type { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';
import { type IncomingMessage, Server, type ServerResponse } from 'node:http';
import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import { Server as SecureServer } from 'node:https';
import type { Context } from '@opentelemetry/api';
import { guarded } from '../lifecycle/guarded.ts';
import { serverEmit } from './emit-in-context.ts';
import type { HttpServerNeeds } from './http-server.ts';
import { isPushed, requestOfStream, responseOfStream } from './http2-messages.ts';
import { listen } from './listen.ts';
import { type RequestEntry, requestEntry, UNSEEN } from './request-entry.ts';
import { ServerRequest } from './server-request.ts';
import { type Emit, wrapEmit } from './wrap-emit.ts';

const START = 'http2.server.stream.start';
const HTTP1 = 'http.server.request.start';

interface StreamStart {
  readonly stream: ServerHttp2Stream & { readonly session: ServerHttp2Session };
  readonly headers: IncomingHttpHeaders;
}

/** What HTTP/2 needs beside the needs of HTTP/1: the storage that its handlers run in. */
export interface Http2ServerNeeds extends HttpServerNeeds {
  readonly storage: AsyncLocalStorage<Context>;
}

/**
 * A server span and a duration for every stream that a client opens at node:http2, with the stream API as with the
 * compatible one. Its prototypes are not exported: they are met, and their `emit` is wrapped, with the first stream.
 * Returns the function that ends it.
 */
export function observeHttp2Server(needs: Http2ServerNeeds): () => void {
  const { storage } = needs;
  const enter = requestEntry(needs);
  const wrapped = new Map<object, () => void>();

  function onStart({ stream, headers }: StreamStart): void {
    if (isPushed(stream)) return;
    startRequest(needs, enter, stream, headers);
    wrapOnce(Object.getPrototypeOf(stream.session), (emit) => streamArrives(emit, storage));
    wrapOnce(Object.getPrototypeOf(stream), (emit) => streamEmit(emit, storage));
  }

  /** With `allowHTTP1` a server of node:http2 serves messages of node:http. */
  function onHttp1({ server }: { readonly server: EventEmitter }): void {
    if (server instanceof Server || server instanceof SecureServer) return;
    wrapOnce(Object.getPrototypeOf(server), (emit) => serverEmit(emit, storage));
  }

  function wrapOnce(prototype: EventEmitter, wrap: (emit: Emit) => Emit): void {
    if (!wrapped.has(prototype)) wrapped.set(prototype, wrapEmit(prototype, wrap));
  }

  const stop = listen({ [START]: onStart, [HTTP1]: onHttp1 });
  return () => {
    stop();
    for (const restore of wrapped.values()) restore();
  };
}

function startRequest(
  needs: HttpServerNeeds,
  enter: RequestEntry,
  stream: StreamStart['stream'],
  headers: IncomingHttpHeaders,
): void {
  const request = requestOfStream(stream, headers) as IncomingMessage;
  const response = responseOfStream(stream) as ServerResponse;
  const context = enter(
    request,
    needs.propagator.incomingFields.some((name) => name in headers),
  );
  const durations = context.span === UNSEEN ? undefined : needs.durations;
  const captured = needs.captures.serverResponse;
  const { span } = context;
  const state = new ServerRequest(request, response, span, context, durations, captured);
  state.belongsTo(stream);
}

/** The session tells its server of the stream, and the server calls the handler, in one go. */
function streamArrives(emit: Emit, storage: AsyncLocalStorage<Context>): Emit {
  return function emitStreamInContext(this: EventEmitter, ...args) {
    const state = args[0] === 'stream' ? ServerRequest.of(args[1] as object) : undefined;
    if (!state) return Reflect.apply(emit, this, args);
    return storage.run(state.context, Reflect.apply, emit, this, args) as boolean;
  };
}

const endRequest = guarded('the end of a request', (state: ServerRequest) => state.end());

function streamEmit(emit: Emit, storage: AsyncLocalStorage<Context>): Emit {
  return function emitStreamEventInContext(this: EventEmitter, ...args) {
    const state = ServerRequest.of(this);
    if (!state) return Reflect.apply(emit, this, args);
    const handled = storage.run(state.context, Reflect.apply, emit, this, args) as boolean;
    if (args[0] === 'close') endRequest(state);
    return handled;
  };
}
