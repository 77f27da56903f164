import type { Context, SamplingResult, Span, SpanOptions, Tracer } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import type { SpanLimitSettings } from '../settings/settings.ts';
import type { SpanProcessor } from './span-processor.ts';

/** A span that was decided on: its ids and the sampler's answer. */
export interface Decided {
  readonly traceId: string;
  readonly spanId: string;
  readonly result: SamplingResult;
}

/**
 * The SDK's TracerProvider, told the ids and the decision instead of making its own: it records what
 * was decided already. Starting a span is synchronous, so one slot is enough to hand them over.
 */
export class SpanRecorder {
  readonly #provider: TracerProvider;
  #decided: Decided | undefined;

  constructor(resource: Resource, spanProcessors: SpanProcessor[], limits: SpanLimitSettings) {
    const slot = () => this.#decided as Decided;
    this.#provider = new TracerProvider({
      resource,
      spanProcessors,
      spanLimits: {
        ...limits,
        attributePerEventCountLimit: limits.eventAttributeCountLimit,
        attributePerLinkCountLimit: limits.linkAttributeCountLimit,
      },
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

/** Who asked for the tracer: its name, version and schema. */
export interface Scope {
  readonly name: string;
  readonly version: string | undefined;
  readonly options: { readonly schemaUrl?: string } | undefined;
}
