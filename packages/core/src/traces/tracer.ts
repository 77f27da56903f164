import {
  type Attributes,
  type Context,
  context as contextApi,
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  SamplingDecision,
  type Span,
  type SpanContext,
  SpanKind,
  type SpanOptions,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { ContextWithSpan } from '../context/context-with-span.ts';
import { newSpanId, newTraceId } from './ids.ts';
import type { SamplerChoice } from './samplers.ts';
import type { Decided, Scope, SpanRecorder } from './span-recorder.ts';

type Work = (span: Span) => unknown;

const noAttributes: Attributes = {};

/**
 * The Tracer that applications get: it asks the sampler before anything is made for the span, and
 * hands only what is kept to the recorder.
 */
export class SamplingTracer implements Tracer {
  readonly #scope: Scope;
  readonly #choice: SamplerChoice;
  readonly #recorder: SpanRecorder;

  constructor(scope: Scope, choice: SamplerChoice, recorder: SpanRecorder) {
    this.#scope = scope;
    this.#choice = choice;
    this.#recorder = recorder;
  }

  startSpan(name: string, options?: SpanOptions, context = contextApi.active()): Span {
    const given = options ?? {};
    const parent = given.root ? trace.deleteSpan(context) : context;
    return this.#start(name, given.kind ?? SpanKind.INTERNAL, parent, given, given.attributes);
  }

  /**
   * For the channels: the attributes are asked for only once the span is kept, or when the sampler
   * itself reads them.
   */
  startLazily(
    name: string,
    kind: SpanKind,
    context: Context,
    attributes: () => Attributes,
    links?: SpanOptions['links'],
  ): Span {
    const options: SpanOptions = links ? { kind, links } : { kind };
    return this.#start(name, kind, context, options, attributes);
  }

  startActiveSpan<F extends (span: Span) => unknown>(
    name: string,
    ...rest: unknown[]
  ): ReturnType<F>;
  startActiveSpan(name: string, ...rest: unknown[]): unknown {
    const work = rest.pop() as Work;
    const [options, given] = rest as [SpanOptions?, Context?];
    const parent = given ?? contextApi.active();
    const span = this.startSpan(name, options, parent);
    return contextApi.with(new ContextWithSpan(parent, span), work, undefined, span);
  }

  #start(
    name: string,
    kind: SpanKind,
    context: Context,
    options: SpanOptions,
    attributes: Attributes | (() => Attributes) | undefined,
  ): Span {
    if (isTracingSuppressed(context)) return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
    const parent = validParent(context);
    const lazily = typeof attributes === 'function';
    const early = lazily && this.#choice.readsAttributes ? attributes() : undefined;
    const known = early ?? (lazily ? noAttributes : (attributes ?? noAttributes));
    const decided = this.#decide(name, kind, context, parent, known, options);
    if (decided.result.decision === SamplingDecision.NOT_RECORD) return unrecorded(decided, parent);
    const recorded = lazily ? { ...options, attributes: early ?? attributes() } : options;
    return this.#recorder.start(this.#scope, name, recorded, context, decided);
  }

  #decide(
    name: string,
    kind: SpanKind,
    context: Context,
    parent: SpanContext | undefined,
    attributes: Attributes,
    options: SpanOptions,
  ): Decided {
    const traceId = parent ? parent.traceId : newTraceId();
    const links = options.links ?? [];
    const { sampler } = this.#choice;
    const result = sampler.shouldSample(context, traceId, name, kind, attributes, links);
    return { traceId, spanId: newSpanId(), result };
  }
}

function validParent(context: Context): SpanContext | undefined {
  const parent = trace.getSpan(context)?.spanContext();
  return parent && isSpanContextValid(parent) ? parent : undefined;
}

/** Not kept, but it still carries ids, so that callees learn the decision and log lines agree. */
function unrecorded({ traceId, spanId, result }: Decided, parent: SpanContext | undefined): Span {
  const traceState = result.traceState ?? parent?.traceState;
  const spanContext: SpanContext = { traceId, spanId, traceFlags: TraceFlags.NONE };
  return trace.wrapSpanContext(traceState ? { ...spanContext, traceState } : spanContext);
}
