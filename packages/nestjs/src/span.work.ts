import type { IncomingMessage } from 'node:http';
import {
  type Context,
  context,
  type Span,
  type SpanOptions,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { recordError } from '@org/otel-core';
import { errorType } from './error.type.ts';
import { isServerFault } from './is.server.fault.ts';
import { version } from './version.ts';
import type { Work } from './work.ts';

/** A piece of work under a span: run in its context, failed at most once, ended exactly once. */
export class SpanWork implements Work {
  readonly span: Span;
  readonly context: Context;
  /** The request of node:http that the work belongs to: with it, core names the error in the duration metric too. */
  request: IncomingMessage | undefined;
  #ended = false;

  constructor(span: Span, context: Context) {
    this.span = span;
    this.context = context;
  }

  /** Starts the span; undefined if nobody will see it, so that the caller goes the short way. */
  static start(
    name: string,
    options: SpanOptions,
    parent: Context = context.active(),
  ): SpanWork | undefined {
    // Asked for each time: a tracer kept from before a shutdown() would stay silent after init().
    const span = trace.getTracer('@org/otel-nestjs', version).startSpan(name, options, parent);
    return span.isRecording() ? new SpanWork(span, trace.setSpan(parent, span)) : undefined;
  }

  run<T>(work: () => T): T {
    return context.with(this.context, work);
  }

  fail(error: unknown): void {
    if (this.#ended) return;
    // In the span's own context: core writes an error once, on the span that is active then.
    this.run(() => recordError(this.request, error));
    if (isServerFault(error)) {
      this.span.setAttribute('error.type', errorType(error));
      this.span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) });
    }
    this.end();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.span.end();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
