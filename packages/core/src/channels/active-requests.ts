import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Meter } from '@opentelemetry/api';
import { guarded } from '../lifecycle/guarded.ts';
import { methodAttribute } from './http-method.ts';
import { listen } from './listen.ts';
import { schemeOf } from './server-request.ts';
import { UNTRACED } from './untraced.ts';

interface RequestStart {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly server: Server;
}

/** `http.server.active_requests`: up when a request arrives, down when its response closes, finished or aborted. Returns the function that ends it. */
export function observeActiveRequests(meter: Meter): () => void {
  const active = meter.createUpDownCounter('http.server.active_requests', {
    description: 'Number of active HTTP server requests.',
    unit: '{request}',
  });

  function onRequestStart(message: unknown): void {
    const { request, response, server } = message as RequestStart;
    if (UNTRACED in server) return;
    const attributes = {
      'http.request.method': methodAttribute(request.method),
      'url.scheme': schemeOf(request),
    };
    active.add(1, attributes);
    response.once(
      'close',
      guarded('the end of a request', () => active.add(-1, attributes)),
    );
  }

  return listen({ 'http.server.request.start': onRequestStart });
}
