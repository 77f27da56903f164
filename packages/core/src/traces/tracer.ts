import {
  type Attributes,
  type Context,
  context as contextApi,
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Sampler,
  SamplingDecision,
  type SamplingResult,
  type Span,
  type SpanContext,
  SpanKind,
  type SpanOptions,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { ContextWithSpan } from '../context/context-with-span.ts';
import { isContext } from '../context/is-context.ts';
import { harmless, textOf } from '../lifecycle/harmless.ts';
import { GivenSubject } from './given-subject.ts';
import type { HeadSampler } from './head-sampler.ts';
import { RecordedSpan } from './recorded-span.ts';
import { SpanIds } from './span-ids.ts';
import type { Scope, SpanOrigin, SpanRecorder } from './span-recorder.ts';
import type { SpanSubject } from './span-subject.ts';
import { UnsampledSpan } from './unsampled-span.ts';

type Work = (span: Span) => unknown;

/** Options of a span that has a kind and nothing else, by the kind. */
const PLAIN: readonly SpanOptions[] = [0, 1, 2, 3, 4].map((kind) => ({ kind }));

const KEEP: SamplingResult = { decision: SamplingDecision.RECORD_AND_SAMPLED };

/**
 * The Tracer that applications get: it asks the sampler before anything is made for the span, and
 * hands only what is kept to the recorder.
 */
export class SamplingTracer implements Tracer {
  readonly #origin: SpanOrigin;
  readonly #sampler: HeadSampler | Sampler;
  readonly #recorder: SpanRecorder;

  constructor(scope: Scope, sampler: HeadSampler | Sampler, recorder: SpanRecorder) {
    this.#origin = recorder.originOf(scope);
    this.#sampler = sampler;
    this.#recorder = recorder;
  }

  startSpan(name: string, options?: SpanOptions, context = contextApi.active()): Span {
    try {
      const given = options ?? {};
      const parent = given.root ? trace.deleteSpan(context) : context;
      const kind = given.kind ?? SpanKind.INTERNAL;
      return this.#start(textOf(name), kind, parent, given, new GivenSubject(given.attributes));
    } catch {
      return this.#startPlain(textOf(name), options);
    }
  }

  /** Something that was given cannot be used: a span without it, and what can be used of the rest. */
  #startPlain(name: string, options: SpanOptions | undefined): Span {
    let span = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
    harmless(() => {
      span = this.#start(
        name,
        SpanKind.INTERNAL,
        contextApi.active(),
        {},
        new GivenSubject(undefined),
      );
    });
    harmless(() => options?.attributes && span.setAttributes(options.attributes));
    harmless(() => options?.links && span.addLinks(options.links));
    return span;
  }

  /**
   * For the channels: the attributes are asked for only once the span is kept, or when the sampler
   * itself reads them.
   */
  startLazily(
    name: string,
    kind: SpanKind,
    context: Context,
    subject: SpanSubject,
    links?: SpanOptions['links'],
  ): Span {
    const options = links ? { kind, links } : (PLAIN[kind] as SpanOptions);
    return this.#start(name, kind, context, options, subject);
  }

  startActiveSpan<F extends (span: Span) => unknown>(
    name: string,
    ...rest: unknown[]
  ): ReturnType<F>;
  startActiveSpan(name: string, ...rest: unknown[]): unknown {
    const work = rest.pop() as Work;
    if (typeof work !== 'function') return undefined;
    const [options, given] = rest as [SpanOptions?, Context?];
    const parent = isContext(given) ? given : contextApi.active();
    const span = this.startSpan(name, options, parent);
    return contextApi.with(new ContextWithSpan(parent, span), work, undefined, span);
  }

  #start(
    name: string,
    kind: SpanKind,
    context: Context,
    options: SpanOptions,
    subject: SpanSubject,
  ): Span {
    const isRoot = context === ROOT_CONTEXT; // most requests bring no context: nothing is looked up in it
    if (!isRoot && isTracingSuppressed(context)) return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
    const parent = isRoot ? undefined : validParent(context);
    const ids = new SpanIds(parent);
    const sampler = this.#sampler;
    if ('shouldSample' in sampler) {
      return this.#askSampler(sampler, name, kind, context, options, subject, ids);
    }
    if (!sampler.keeps(parent, ids, kind, subject)) {
      return new UnsampledSpan(ids, parent?.traceState);
    }
    return this.#record(name, context, options, subject.attributes(), ids, KEEP);
  }

  /** A sampler of the application's own reads attributes: they are made before it is asked. */
  #askSampler(
    sampler: Sampler,
    name: string,
    kind: SpanKind,
    context: Context,
    options: SpanOptions,
    subject: SpanSubject,
    ids: SpanIds,
  ): Span {
    const attributes = subject.attributes();
    const links = options.links ?? [];
    const result = sampler.shouldSample(context, ids.traceId, name, kind, attributes ?? {}, links);
    if (result.decision !== SamplingDecision.NOT_RECORD) {
      return this.#record(name, context, options, attributes, ids, result);
    }
    return new UnsampledSpan(ids, result.traceState ?? trace.getSpanContext(context)?.traceState);
  }

  #record(
    name: string,
    context: Context,
    options: SpanOptions,
    attributes: Attributes | undefined,
    { traceId, spanId, randomFlag }: SpanIds,
    result: SamplingResult,
  ): Span {
    const decided = { traceId, spanId, randomFlag, result };
    return this.#recorder.start(this.#origin, name, options, attributes, context, decided);
  }
}

function validParent(context: Context): SpanContext | undefined {
  const span = trace.getSpan(context);
  const parent = span?.spanContext();
  return parent && (isOwn(span) || isSpanContextValid(parent)) ? parent : undefined;
}

/** One of those made here: its ids are valid, and need not be read digit by digit. */
function isOwn(span: Span | undefined): boolean {
  return span instanceof RecordedSpan || span instanceof UnsampledSpan;
}
