import { isSpanContextValid, TraceFlags, trace } from '@opentelemetry/api';

/** The active span's ids as log lines and exemplars want them: lower-case hex. */
export interface TraceFields {
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits. */
  readonly spanId: string;
  /** 2 hex digits: bit `01` sampled, bit `02` a random trace id (W3C Trace Context level 2); a trace that begins here and is kept has `03`. */
  readonly traceFlags: string;
  /** Whether the trace is kept, so that a link to it can open. */
  readonly sampled: boolean;
}

/**
 * The ids of the span that is active now; undefined where there is none, so that a line outside any
 * request carries no ids. Never throws.
 *
 * @example
 * ```ts
 * const fields = currentTraceFields();
 * console.log(JSON.stringify({ message: 'paid', traceID: fields?.traceId }));
 * ```
 */
export function currentTraceFields(): TraceFields | undefined {
  const active = trace.getActiveSpan()?.spanContext();
  if (!active || !isSpanContextValid(active)) return undefined;
  return {
    traceId: active.traceId,
    spanId: active.spanId,
    traceFlags: active.traceFlags.toString(16).padStart(2, '0'),
    sampled: (active.traceFlags & TraceFlags.SAMPLED) !== 0,
  };
}
