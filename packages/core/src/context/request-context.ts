import type { IncomingMessage } from 'node:http';
import { type Context, context, createContextKey, type Span } from '@opentelemetry/api';
import { ContextWithSpan, SPAN_KEY } from './context-with-span.ts';

const REQUEST_KEY = createContextKey('org.otel.request');

/** The context in which a request is served; what is derived from it still knows the request. */
export class RequestContext extends ContextWithSpan {
  readonly request: IncomingMessage;

  constructor(parent: Context, span: Span, request: IncomingMessage) {
    super(parent, span);
    this.request = request;
  }

  override getValue(key: symbol): unknown {
    return key === REQUEST_KEY ? this.request : super.getValue(key);
  }

  override setValue(key: symbol, value: unknown): Context {
    if (key === SPAN_KEY) return new ContextWithSpan(this, value as Span);
    return super.setValue(key, value).setValue(REQUEST_KEY, this.request);
  }
}

/** The request that is being served now. */
export function requestOfNow(): IncomingMessage | undefined {
  return context.active().getValue(REQUEST_KEY) as IncomingMessage | undefined;
}
