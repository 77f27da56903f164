import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import {
  type Context,
  type Link,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  trace,
} from '@opentelemetry/api';
import { carriesAny } from '../context/carries-any.ts';
import { ContextWithSpan } from '../context/context-with-span.ts';
import type { HeaderPropagator } from '../context/header-propagator.ts';
import { incomingHeaders } from '../context/incoming-headers.ts';
import { trustedCallers } from '../context/trusted-callers.ts';
import type { HttpDurations } from '../metrics/http-durations.ts';
import type { PropagationSettings } from '../settings/propagation-settings.ts';
import type { SamplingTracer } from '../traces/tracer.ts';
import { methodAttribute, methodName } from './http-method.ts';
import { listen } from './listen.ts';
import { ServedSubject } from './served-subject.ts';
import { ServerRequest } from './server-request.ts';
import { UNTRACED } from './untraced.ts';

const CHANNEL = 'http.server.request.start';

interface RequestStart {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly server: Server;
}

/** What the channel needs: where spans and durations go, and whom to believe. */
export interface HttpServerNeeds {
  readonly tracer: SamplingTracer;
  readonly propagator: HeaderPropagator;
  /** Asked for each request: metrics may be wanted later than spans. */
  readonly durations: HttpDurations | undefined;
  readonly trustIncoming: PropagationSettings['trustIncoming'];
}

/** A server span and a duration for every request that node:http or node:https serves. Returns the function that ends it. */
export function observeHttpServer(needs: HttpServerNeeds): () => void {
  const { tracer, propagator } = needs;
  const isTrusted = trustedCallers(needs.trustIncoming);

  function onRequestStart(message: unknown): void {
    const { request, response, server } = message as RequestStart;
    if (UNTRACED in server) return;
    const extracted = extract(request);
    const isOpen = extracted === ROOT_CONTEXT || !isTrusted || isTrusted(request);
    const incoming = isOpen ? extracted : ROOT_CONTEXT;
    const span = startSpan(request, incoming, isOpen ? undefined : trace.getSpanContext(extracted));
    const context = new ContextWithSpan(incoming, span);
    new ServerRequest(request, response, span, context, needs.durations);
  }

  function extract(request: IncomingMessage): Context {
    if (!carriesAny(request.rawHeaders, propagator.incomingFields)) return ROOT_CONTEXT;
    return propagator.extract(ROOT_CONTEXT, request.headers, incomingHeaders);
  }

  /** A stranger's trace is linked to, and not continued. */
  function startSpan(request: IncomingMessage, parent: Context, stranger?: SpanContext): Span {
    const links: Link[] | undefined = stranger && [{ context: stranger }];
    const name = methodName(methodAttribute(request.method));
    return tracer.startLazily(name, SpanKind.SERVER, parent, new ServedSubject(request), links);
  }

  return listen({ [CHANNEL]: onRequestStart });
}
