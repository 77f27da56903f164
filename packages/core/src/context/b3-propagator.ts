import {
  type Context,
  createContextKey,
  isSpanContextValid,
  type SpanContext,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { headerText } from './header-text.ts';

const B3 = 'b3';
const TRACE_ID = 'x-b3-traceid';
const SPAN_ID = 'x-b3-spanid';
const SAMPLED = 'x-b3-sampled';
const FLAGS = 'x-b3-flags';

/** The specification: a debug flag that was received is passed on. */
const DEBUG = createContextKey('org.otel.b3.debug');

/** trace id - span id, then perhaps the decision, then perhaps the parent's span id. */
const SINGLE = /^((?:[0-9a-f]{16}){1,2})-([0-9a-f]{16})(?:-([01d])(?:-[0-9a-f]{16})?)?$/i;

const MULTI = [TRACE_ID, SPAN_ID, SAMPLED, FLAGS];

/** B3, in one header or several; both are understood, the single one first. */
export class B3Propagator implements TextMapPropagator {
  /** What `extract` may read, beside what `inject` writes. */
  readonly incomingFields: readonly string[] = [B3, ...MULTI];
  readonly #form: 'single' | 'multi';

  constructor(form: 'single' | 'multi') {
    this.#form = form;
  }

  inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    const span = trace.getSpanContext(context);
    if (!span || !isSpanContextValid(span) || isTracingSuppressed(context)) return;
    const { traceId, spanId, traceFlags } = span;
    const debug = context.getValue(DEBUG) === true;
    const sampled = traceFlags & TraceFlags.SAMPLED ? '1' : '0';
    if (this.#form === 'single') {
      setter.set(carrier, B3, `${traceId}-${spanId}-${debug ? 'd' : sampled}`);
      return;
    }
    setter.set(carrier, TRACE_ID, traceId);
    setter.set(carrier, SPAN_ID, spanId);
    setter.set(carrier, debug ? FLAGS : SAMPLED, debug ? '1' : sampled);
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    const read = (name: string) => headerText(carrier, getter, name);
    const caller = fromText(read(B3)) ?? fromText(joined(read));
    if (!caller) return context;
    const { debug, span } = caller;
    const continued = trace.setSpanContext(context, span);
    return debug ? continued.setValue(DEBUG, true) : continued;
  }

  fields(): string[] {
    return this.#form === 'single' ? [B3] : [...MULTI];
  }
}

/** Several headers as the single one would say the same. */
function joined(read: (name: string) => string | undefined): string | undefined {
  const traceId = read(TRACE_ID);
  if (traceId === undefined) return undefined;
  const decision = read(FLAGS)?.trim() === '1' ? 'd' : decisionOf(read(SAMPLED));
  return [traceId, read(SPAN_ID), decision].filter((part) => part !== undefined).join('-');
}

/** Old senders write `true` and `false`. */
function decisionOf(sampled: string | undefined): string | undefined {
  const text = sampled?.trim().toLowerCase();
  if (text === 'true') return '1';
  return text === 'false' ? '0' : text;
}

function fromText(text: string | undefined): { span: SpanContext; debug: boolean } | undefined {
  const [, traceId, spanId, decision] = (text && SINGLE.exec(text.trim())) || [];
  if (traceId === undefined || spanId === undefined) return undefined;
  const state = decision?.toLowerCase();
  const span = {
    traceId: traceId.toLowerCase().padStart(32, '0'),
    spanId: spanId.toLowerCase(),
    traceFlags: state === '1' || state === 'd' ? TraceFlags.SAMPLED : TraceFlags.NONE,
    isRemote: true,
  };
  return isSpanContextValid(span) ? { span, debug: state === 'd' } : undefined;
}
