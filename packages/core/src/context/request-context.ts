import type { IncomingMessage } from 'node:http';
import { type Context, context, createContextKey, type Span } from '@opentelemetry/api';
import { ContextWithSpan, SPAN_KEY } from './context-with-span.ts';

const REQUEST_KEY = createContextKey('org.otel.request');

/** The context in which a request is served; what is derived from it still knows the request. */
export class RequestContext extends ContextWithSpan {
  /** Undefined once it is over. */
  request: IncomingMessage | undefined;

  constructor(parent: Context, span: Span, request: IncomingMessage) {
    super(parent, span);
    this.request = request;
  }

  /** Lets the request go: what was begun in this context is often kept for longer, such as a connection, a timer or a fetch. */
  leave(): void {
    this.request = undefined;
  }

  override getValue(key: symbol): unknown {
    return key === REQUEST_KEY ? this : super.getValue(key);
  }

  override setValue(key: symbol, value: unknown): Context {
    if (key === SPAN_KEY) return new ContextWithSpan(this, value as Span);
    return super.setValue(key, value).setValue(REQUEST_KEY, this);
  }
}

/** The request that is being served now; undefined outside of requests, and when its response has been sent. */
export function requestOfNow(): IncomingMessage | undefined {
  const serving = context.active().getValue(REQUEST_KEY) as RequestContext | undefined;
  return serving?.request;
}
