import type { EventEmitter } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import type { Meter } from '@opentelemetry/api';
import { guarded } from '../lifecycle/guarded.ts';
import { methodAttribute } from './http-method.ts';
import { isPushed, requestOfStream } from './http2-messages.ts';
import { listen } from './listen.ts';
import { urlAsGiven } from './request-entry.ts';
import { schemeOf } from './server-request.ts';
import { UNTRACED } from './untraced.ts';

interface RequestStart {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly server: Server;
}

interface StreamStart {
  readonly stream: ServerHttp2Stream & { readonly session: ServerHttp2Session };
  readonly headers: IncomingHttpHeaders;
}

/** `http.server.active_requests`: up when a request arrives, down when its response closes, finished or aborted. Returns the function that ends it. */
export function observeActiveRequests(meter: Meter, excludedUrls: RegExp | undefined): () => void {
  const active = meter.createUpDownCounter('http.server.active_requests', {
    description: 'Number of active HTTP server requests.',
    unit: '{request}',
  });

  function onRequestStart(message: unknown): void {
    const { request, response, server } = message as RequestStart;
    if (UNTRACED in server || excludedUrls?.test(urlAsGiven(request))) return;
    countUntilClosed(response, request.method, schemeOf(request));
  }

  function onStreamStart({ stream, headers }: StreamStart): void {
    if (isPushed(stream)) return;
    const request = requestOfStream(stream, headers) as IncomingMessage;
    if (excludedUrls?.test(urlAsGiven(request))) return;
    countUntilClosed(stream, headers[':method'], String(headers[':scheme']));
  }

  function countUntilClosed(served: EventEmitter, method: string | undefined, scheme: string) {
    const attributes = { 'http.request.method': methodAttribute(method), 'url.scheme': scheme };
    active.add(1, attributes);
    served.once(
      'close',
      guarded('the end of a request', () => active.add(-1, attributes)),
    );
  }

  return listen({
    'http.server.request.start': onRequestStart,
    'http2.server.stream.start': onStreamStart,
  });
}
