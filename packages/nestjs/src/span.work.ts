import {
  type Context,
  context,
  type Span,
  type SpanOptions,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { activeRequest, errorType, recordError } from '@org/otel-core';
import { isServerFault } from './is.server.fault.ts';
import { version } from './version.ts';
import type { Work } from './work.ts';

/** A piece of work under a span: run in its context, failed at most once, ended exactly once. */
export class SpanWork implements Work {
  readonly span: Span;
  readonly context: Context;
  /** Whether its failure is the request's: then core names the error in the duration metric too. */
  servesRequest = false;
  #ended = false;

  constructor(span: Span, context: Context) {
    this.span = span;
    this.context = context;
  }

  /** Starts the span; undefined if nobody will see it, or it cannot be started so: then the caller goes the short way. */
  static start(
    name: string,
    options: SpanOptions,
    parent: Context = context.active(),
  ): SpanWork | undefined {
    try {
      // Asked for each time: a tracer kept from before a shutdown() would stay silent after init().
      const span = trace.getTracer('@org/otel-nestjs', version).startSpan(name, options, parent);
      return span.isRecording() ? new SpanWork(span, trace.setSpan(parent, span)) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Starts the span of the handler that serves a request. */
  static serve(name: string, options: SpanOptions, parent?: Context): SpanWork | undefined {
    const work = SpanWork.start(name, options, parent);
    if (work) work.servesRequest = true;
    return work;
  }

  /** Under a span that nobody will see there is no use in another one. */
  static isUnseen(parent: Context = context.active()): boolean {
    return trace.getSpan(parent)?.isRecording() === false;
  }

  get isOver(): boolean {
    return this.#ended;
  }

  run<T>(work: () => T): T {
    return context.with(this.context, work);
  }

  fail(error: unknown): void {
    if (this.#ended) return;
    // In the span's own context: core writes an error once, on the span that is active then.
    this.run(() => recordError(this.servesRequest ? activeRequest() : undefined, error));
    this.#setStatus(error);
    this.end();
  }

  /** Whatever was thrown, the caller gets that, and no failure of telling it. */
  #setStatus(error: unknown): void {
    try {
      if (!isServerFault(error)) return;
      this.span.setAttribute('error.type', errorType(error));
      this.span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) });
    } catch {
      this.span.setAttribute('error.type', '_OTHER');
      this.span.setStatus({ code: SpanStatusCode.ERROR });
    }
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
