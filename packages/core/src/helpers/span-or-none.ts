import { INVALID_SPAN_CONTEXT, type Span, type SpanOptions, trace } from '@opentelemetry/api';
import { orElse } from '../lifecycle/harmless.ts';
import { version } from '../version.ts';

/** A new span of the tracer of this moment; one that keeps nothing where the arguments are beyond use. */
export function spanOrNone(name: string, options: SpanOptions | undefined): Span {
  return orElse(
    // Asked for each time: a tracer kept from before a shutdown() would stay silent after init().
    () => trace.getTracer('@org/otel-core', version).startSpan(name, options ?? {}),
    () => trace.wrapSpanContext(INVALID_SPAN_CONTEXT),
  );
}
