import type { Context, SamplingResult, Span, SpanOptions, Tracer } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import type { SpanProcessor } from './span-processor.ts';

/** A span that was decided on: its ids and the sampler's answer. */
export interface Decided {
  readonly traceId: string;
  readonly spanId: string;
  readonly randomFlag: number;
  readonly result: SamplingResult;
}

/**
 * The SDK's TracerProvider, told the ids and the decision instead of making its own: it records what
 * was decided already. Starting a span is synchronous, so one slot is enough to hand them over.
 */
export class SpanRecorder {
  readonly #provider: TracerProvider;
  #decided: Decided | undefined;

  constructor(resource: Resource, spanProcessors: SpanProcessor[]) {
    const slot = () => this.#decided as Decided;
    this.#provider = new TracerProvider({
      resource,
      spanProcessors: [flagMarker(() => slot().randomFlag), ...spanProcessors],
      sampler: { shouldSample: () => slot().result },
      idGenerator: {
        generateTraceId: () => slot().traceId,
        generateSpanId: () => slot().spanId,
      },
    });
  }

  /** The SDK's tracer of a scope, for `start`. */
  tracer({ name, version, options }: Scope): Tracer {
    return this.#provider.getTracer(name, version, options);
  }

  /** A recording span of one of its tracers. */
  start(
    tracer: Tracer,
    name: string,
    options: SpanOptions,
    context: Context,
    decided: Decided,
  ): Span {
    this.#decided = decided;
    return tracer.startSpan(name, options, context);
  }
}

/** The SDK knows no flag but sampled: this one is added before any other processor sees the span. */
function flagMarker(randomFlag: () => number): SpanProcessor {
  return {
    onStart(span) {
      span.spanContext().traceFlags |= randomFlag();
    },
    onEnd() {},
    async forceFlush() {},
    async shutdown() {},
  };
}

/** Who asked for the tracer: its name, version and schema. */
export interface Scope {
  readonly name: string;
  readonly version: string | undefined;
  readonly options: { readonly schemaUrl?: string } | undefined;
}
