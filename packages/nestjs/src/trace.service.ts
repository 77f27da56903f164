import { Injectable } from '@nestjs/common';
import { INVALID_SPAN_CONTEXT, type Span, type SpanOptions, trace } from '@opentelemetry/api';
import { currentTraceFields, type TraceFields } from '@org/otel-core';
import { SpanWork } from './span.work.ts';
import { traceCall } from './trace.call.ts';

/**
 * The active span and its ids, and spans of your own, by injection. `OtelModule` is global: inject it
 * anywhere.
 *
 * @example
 * ```ts
 * class Orders {
 *   constructor(@Inject(TraceService) private readonly traces: TraceService) {}
 *
 *   pay(id: string) {
 *     this.traces.getSpan()?.setAttribute('app.order', id);
 *     return this.traces.withSpan('charge card', () => charge(id));
 *   }
 * }
 * ```
 */
@Injectable()
export class TraceService {
  /** The active span, or undefined where none is active. */
  getSpan(): Span | undefined {
    return trace.getActiveSpan();
  }

  /**
   * Runs a function under a new span and returns what it returns. The span is active inside, ends
   * when the returned promise, Observable or generator has ended, and fails with it.
   *
   * @param name - Name of the span.
   * @param run - Gets the span; what it throws goes through to the caller.
   * @param options - Kind, attributes, links. Default: kind internal.
   */
  withSpan<T>(name: string, run: (span: Span) => T, options: SpanOptions = {}): T {
    const work = SpanWork.start(name, options);
    return work ? traceCall(work, () => run(work.span)) : run(unrecorded());
  }

  /** The ids of the active span for a log line or a response header; undefined where none is active. */
  traceFields(): TraceFields | undefined {
    return currentTraceFields();
  }
}

/** For work that nobody will see: takes every call, keeps nothing, has the ids of the span around it. */
function unrecorded(): Span {
  return trace.wrapSpanContext(trace.getActiveSpan()?.spanContext() ?? INVALID_SPAN_CONTEXT);
}
