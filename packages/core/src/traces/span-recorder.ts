import {
  type Attributes,
  type Context,
  SamplingDecision,
  type SamplingResult,
  type SpanContext,
  SpanKind,
  type SpanOptions,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { SpanLimitSettings } from '../settings/settings.ts';
import { RecordedSpan } from './recorded-span.ts';
import type { SpanProcessor } from './span-processor.ts';

/** A span that was decided on: its ids and the sampler's answer. */
export interface Decided {
  readonly traceId: string;
  readonly spanId: string;
  /** W3C level 2: whether the trace id is random. */
  readonly randomFlag: number;
  readonly result: SamplingResult;
}

/** What all spans of one tracer share. */
export interface SpanOrigin {
  readonly resource: Resource;
  readonly scope: ReadableSpan['instrumentationScope'];
  readonly processors: readonly SpanProcessor[];
  readonly limits: SpanLimitSettings;
}

/** Records what was decided already. */
export class SpanRecorder {
  readonly #shared: Omit<SpanOrigin, 'scope'>;

  constructor(resource: Resource, processors: readonly SpanProcessor[], limits: SpanLimitSettings) {
    this.#shared = { resource, processors, limits };
  }

  /** The origin of a tracer's spans, for `start`. */
  originOf({ name, version, options }: Scope): SpanOrigin {
    const schemaUrl = options?.schemaUrl;
    const scope = { name, ...(version && { version }), ...(schemaUrl && { schemaUrl }) };
    return { ...this.#shared, scope };
  }

  /** A recording span. Attributes that are not in the options are of our own making. */
  start(
    origin: SpanOrigin,
    name: string,
    options: SpanOptions,
    attributes: Attributes | undefined,
    context: Context,
    decided: Decided,
  ): RecordedSpan {
    const { startTime, links } = options;
    const kind = kindOf(options);
    const parent = parentIn(context, decided);
    const spanContext = spanContextOf(decided, parent);
    const span = new RecordedSpan(origin, {
      name,
      kind,
      spanContext,
      parentSpanContext: parent,
      startTime,
    });
    if (attributes !== undefined) {
      if (attributes === options.attributes) span.setAttributes(attributes);
      else span.adoptAttributes(attributes);
    }
    if (decided.result.attributes) span.setAttributes(decided.result.attributes);
    if (links) span.addLinks(links);
    span.begin(context);
    return span;
  }
}

function kindOf({ kind }: SpanOptions): SpanKind {
  return typeof kind === 'number' && SpanKind[kind] !== undefined ? kind : SpanKind.INTERNAL;
}

/** An invalid one is none: the span has a trace of its own then. */
function parentIn(context: Context, { traceId }: Decided): SpanContext | undefined {
  const parent = trace.getSpanContext(context);
  return parent?.traceId === traceId ? parent : undefined;
}

function spanContextOf(
  { traceId, spanId, randomFlag, result }: Decided,
  parent: SpanContext | undefined,
): SpanContext {
  const isSampled = result.decision === SamplingDecision.RECORD_AND_SAMPLED;
  const traceFlags = (isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE) | randomFlag;
  const traceState = result.traceState ?? parent?.traceState;
  return traceState ? { traceId, spanId, traceFlags, traceState } : { traceId, spanId, traceFlags };
}

/** Who asked for the tracer: its name, version and schema. */
export interface Scope {
  readonly name: string;
  readonly version: string | undefined;
  readonly options: { readonly schemaUrl?: string } | undefined;
}
