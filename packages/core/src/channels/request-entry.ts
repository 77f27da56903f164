import type { IncomingMessage } from 'node:http';
import {
  type Context,
  INVALID_SPAN_CONTEXT,
  type Link,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  trace,
} from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { HeaderPropagator } from '../context/header-propagator.ts';
import { incomingHeaders } from '../context/incoming-headers.ts';
import { RequestContext } from '../context/request-context.ts';
import { trustedCallers } from '../context/trusted-callers.ts';
import type { PropagationSettings } from '../settings/propagation-settings.ts';
import type { SamplingTracer } from '../traces/tracer.ts';
import type { HeaderCaptures } from './capture-headers.ts';
import { methodAttribute, methodName } from './http-method.ts';
import type { UrlRedaction } from './redact-url.ts';
import { ServedSubject } from './served-subject.ts';
import { schemeOf } from './server-request.ts';

/** What the entry of a request needs: where spans go, and whom to believe. */
export interface RequestEntryNeeds {
  readonly tracer: SamplingTracer;
  readonly propagator: HeaderPropagator;
  readonly trustIncoming: PropagationSettings['trustIncoming'];
  readonly excludedUrls: RegExp | undefined;
  readonly redaction: UrlRedaction;
  readonly captures: HeaderCaptures;
}

/** The span of a request that is not observed. */
export const UNSEEN = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** Starts the span of a request and makes the context in which it is served. */
export type RequestEntry = (request: IncomingMessage, carriesContext: boolean) => RequestContext;

/** The entry of all requests, whatever their protocol. */
export function requestEntry(needs: RequestEntryNeeds): RequestEntry {
  const { tracer, propagator, excludedUrls, redaction, captures } = needs;
  const isTrusted = trustedCallers(needs.trustIncoming);

  function extract(request: IncomingMessage): Context {
    return propagator.extract(ROOT_CONTEXT, request.headers, incomingHeaders);
  }

  /** A stranger's trace is linked to, and not continued. */
  function startSpan(request: IncomingMessage, parent: Context, stranger?: SpanContext): Span {
    const links: Link[] | undefined = stranger && [{ context: stranger }];
    const name = methodName(methodAttribute(request.method));
    const subject = new ServedSubject(request, redaction, captures.serverRequest, isTrusted);
    return tracer.startLazily(name, SpanKind.SERVER, parent, subject, links);
  }

  return function enter(request, carriesContext) {
    if (excludedUrls?.test(urlAsGiven(request))) return leftOut(request);
    const extracted = carriesContext ? extract(request) : ROOT_CONTEXT;
    const isOpen = extracted === ROOT_CONTEXT || !isTrusted || isTrusted(request);
    const incoming = isOpen ? extracted : ROOT_CONTEXT;
    const span = startSpan(request, incoming, isOpen ? undefined : trace.getSpanContext(extracted));
    return new RequestContext(incoming, span, request);
  };
}

/** What is done to serve it runs in a context where nothing is observed. */
function leftOut(request: IncomingMessage): RequestContext {
  return new RequestContext(suppressTracing(ROOT_CONTEXT), UNSEEN, request);
}

/** The whole URL as the caller gave it, secrets included: it is compared, never shown. */
export function urlAsGiven(request: IncomingMessage): string {
  const { url = '/', headers } = request;
  return url.startsWith('/') ? `${schemeOf(request)}://${headers.host ?? ''}${url}` : url;
}
