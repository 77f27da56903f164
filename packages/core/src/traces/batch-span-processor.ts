import { TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Batcher } from '../export/batcher.ts';

/** Sampled spans enter the batch when they end. */
export class BatchSpanProcessor implements SpanProcessor {
  readonly #batcher: Batcher<ReadableSpan>;

  constructor(batcher: Batcher<ReadableSpan>) {
    this.#batcher = batcher;
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    if (span.spanContext().traceFlags & TraceFlags.SAMPLED) this.#batcher.add(span);
  }

  forceFlush(): Promise<void> {
    return this.#batcher.flush();
  }

  shutdown(): Promise<void> {
    return this.#batcher.shutdown();
  }
}
