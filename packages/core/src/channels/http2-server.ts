import type { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import type { Context } from '@opentelemetry/api';
import { guardedListener } from '../lifecycle/guarded.ts';
import type { HttpServerNeeds } from './http-server.ts';
import { isPushed, requestOfStream, responseOfStream } from './http2-messages.ts';
import { listen } from './listen.ts';
import { type RequestEntry, requestEntry, UNSEEN } from './request-entry.ts';
import { ServerRequest } from './server-request.ts';
import type { Emit } from './wrap-emit.ts';
import { WrappedEmits } from './wrapped-emits.ts';

const START = 'http2.server.stream.start';

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
  const emits = new WrappedEmits();

  function onStart({ stream, headers }: StreamStart): void {
    if (isPushed(stream)) return;
    startRequest(needs, enter, stream, headers);
    emits.wrap(Object.getPrototypeOf(stream.session), (emit) => streamArrives(emit, storage));
    emits.wrap(Object.getPrototypeOf(stream), (emit) => streamEmit(emit, storage));
  }

  const stop = listen({ [START]: onStart });
  return () => {
    stop();
    emits.restore();
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

const endRequest = guardedListener('the end of a request', (state: ServerRequest) => state.end());

function streamEmit(emit: Emit, storage: AsyncLocalStorage<Context>): Emit {
  return function emitStreamEventInContext(this: EventEmitter, ...args) {
    const state = ServerRequest.of(this);
    if (!state) return Reflect.apply(emit, this, args);
    if (args[0] === 'pipe') state.recordBreakOf(args[1] as EventEmitter);
    const handled = storage.run(state.context, Reflect.apply, emit, this, args) as boolean;
    if (args[0] === 'close') endRequest(state);
    return handled;
  };
}
