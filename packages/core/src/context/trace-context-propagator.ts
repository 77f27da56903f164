import {
  type Context,
  isSpanContextValid,
  type SpanContext,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  trace,
} from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { headerText } from './header-text.ts';
import { HeaderTraceState } from './header-trace-state.ts';

const TRACEPARENT = 'traceparent';
const TRACESTATE = 'tracestate';

/** version - trace id - parent id - flags, and in versions to come perhaps more. */
const FORMAT = /^[ \t]*([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?[ \t]*$/;

/** Longer than any version needs. */
const MAX_LENGTH = 512;

/** Sampled and random: what this version knows of; other bits are not passed on. */
const KNOWN_FLAGS = 0x03;

/** W3C Trace Context, level 2. */
export class TraceContextPropagator implements TextMapPropagator {
  inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    const span = trace.getSpanContext(context);
    if (!span || !isSpanContextValid(span) || isTracingSuppressed(context)) return;
    const flags = (span.traceFlags & KNOWN_FLAGS).toString(16);
    setter.set(carrier, TRACEPARENT, `00-${span.traceId}-${span.spanId}-0${flags}`);
    const state = span.traceState?.serialize();
    if (state) setter.set(carrier, TRACESTATE, state);
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    const header = headerText(carrier, getter, TRACEPARENT);
    const caller = header === undefined ? undefined : parse(header);
    if (!caller) return context;
    const state = headerText(carrier, getter, TRACESTATE);
    const traceState = state ? HeaderTraceState.parse(state) : undefined;
    return trace.setSpanContext(context, traceState ? { ...caller, traceState } : caller);
  }

  fields(): string[] {
    return [TRACEPARENT, TRACESTATE];
  }
}

function parse(header: string): SpanContext | undefined {
  if (header.length > MAX_LENGTH) return undefined;
  const [, version, traceId = '', spanId = '', flags = '', more] = FORMAT.exec(header) ?? [];
  if (version === undefined || version === 'ff') return undefined;
  if (version === '00' && more !== undefined) return undefined;
  const traceFlags = Number.parseInt(flags, 16) & KNOWN_FLAGS;
  const caller = { traceId, spanId, traceFlags, isRemote: true };
  return isSpanContextValid(caller) ? caller : undefined;
}
