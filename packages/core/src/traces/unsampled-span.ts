import type { Span, SpanContext, TraceState } from '@opentelemetry/api';
import type { SpanIds } from './span-ids.ts';

/** A span that is not kept. It still carries ids, so that callees learn the decision and log lines agree. */
export class UnsampledSpan implements Span {
  readonly #ids: SpanIds;
  readonly #traceState: TraceState | undefined;
  #context: SpanContext | undefined;

  constructor(ids: SpanIds, traceState: TraceState | undefined) {
    this.#ids = ids;
    this.#traceState = traceState;
  }

  spanContext(): SpanContext {
    if (this.#context === undefined) {
      const { traceId, spanId, randomFlag: traceFlags } = this.#ids;
      const context: SpanContext = { traceId, spanId, traceFlags };
      this.#context = this.#traceState ? { ...context, traceState: this.#traceState } : context;
    }
    return this.#context;
  }

  isRecording(): boolean {
    return false;
  }

  setAttribute(): this {
    return this;
  }

  setAttributes(): this {
    return this;
  }

  addEvent(): this {
    return this;
  }

  addLink(): this {
    return this;
  }

  addLinks(): this {
    return this;
  }

  setStatus(): this {
    return this;
  }

  updateName(): this {
    return this;
  }

  recordException(): void {}

  end(): void {}
}
