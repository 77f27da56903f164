import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import {
  type Context,
  INVALID_SPAN_CONTEXT,
  type Link,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { carriesAny } from '../context/carries-any.ts';
import { ContextWithSpan } from '../context/context-with-span.ts';
import { incomingHeaders } from '../context/incoming-headers.ts';
import type { HttpDurations } from '../metrics/http-durations.ts';
import type { SamplingTracer } from '../traces/tracer.ts';
import type { HeaderCaptures } from './capture-headers.ts';
import { methodAttribute, methodName } from './http-method.ts';
import { listen } from './listen.ts';
import type { UrlRedaction } from './redact-url.ts';
import { ServerRequest, schemeOf } from './server-request.ts';
import { serverRequestAttributes } from './server-request-attributes.ts';
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
  readonly propagator: TextMapPropagator;
  /** Asked for each request: metrics may be wanted later than spans. */
  readonly durations: HttpDurations | undefined;
  readonly trustIncoming: boolean;
  readonly excludedUrls: RegExp | undefined;
  readonly redaction: UrlRedaction;
  readonly captures: HeaderCaptures;
}

/** A server span and a duration for every request that node:http or node:https serves. Returns the function that ends it. */
export function observeHttpServer(needs: HttpServerNeeds): () => void {
  const { tracer, propagator, trustIncoming, redaction, captures } = needs;
  const fields = propagator.fields();

  function onRequestStart(message: unknown): void {
    const { request, response, server } = message as RequestStart;
    if (UNTRACED in server) return;
    if (needs.excludedUrls?.test(urlOf(request))) return void leaveOut(request, response);
    const incoming = extract(request);
    const span = startSpan(request, incoming);
    const context = new ContextWithSpan(incoming, span);
    new ServerRequest(request, response, span, context, needs.durations, captures.serverResponse);
  }

  function extract(request: IncomingMessage): Context {
    if (!carriesAny(request.rawHeaders, fields)) return ROOT_CONTEXT;
    return propagator.extract(ROOT_CONTEXT, request.headers, incomingHeaders);
  }

  function startSpan(request: IncomingMessage, incoming: Context): Span {
    const caller = trustIncoming ? undefined : trace.getSpanContext(incoming);
    const links: Link[] | undefined = caller && [{ context: caller }];
    const parent = caller ? trace.deleteSpan(incoming) : incoming;
    const attributes = () => serverRequestAttributes(request, redaction, captures.serverRequest);
    const name = methodName(methodAttribute(request.method));
    return tracer.startLazily(name, SpanKind.SERVER, parent, attributes, links);
  }

  return listen({ [CHANNEL]: onRequestStart });
}

/** What is done to serve it runs in a context where nothing is observed. */
function leaveOut(request: IncomingMessage, response: ServerResponse): void {
  const unseen = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
  new ServerRequest(request, response, unseen, suppressTracing(ROOT_CONTEXT), undefined, undefined);
}

/** The whole URL as the caller gave it, secrets included: it is compared, never shown. */
function urlOf(request: IncomingMessage): string {
  const { url = '/', headers } = request;
  return url.startsWith('/') ? `${schemeOf(request)}://${headers.host ?? ''}${url}` : url;
}
