import { type Context, createContextKey, type Span, trace } from '@opentelemetry/api';

/** The key under which the API keeps the active span; the API builds it with Symbol.for, a test holds it to that. */
export const SPAN_KEY = createContextKey('OpenTelemetry Context Key SPAN');

/**
 * A parent context plus a span, in two fields. The API's own setSpan copies a Map and makes three
 * closures for each request.
 */
export class ContextWithSpan implements Context {
  readonly parent: Context;
  readonly span: Span;

  constructor(parent: Context, span: Span) {
    this.parent = parent;
    this.span = span;
  }

  getValue(key: symbol): unknown {
    return key === SPAN_KEY ? this.span : this.parent.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    if (key === SPAN_KEY) return new ContextWithSpan(this.parent, value as Span);
    return trace.setSpan(this.parent, this.span).setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    if (key === SPAN_KEY) return this.parent.deleteValue(key);
    return new ContextWithSpan(this.parent.deleteValue(key), this.span);
  }
}
