import { baggageAttributes } from '../context/baggage-attributes.ts';
import type { SpanProcessor } from './span-processor.ts';

/** Copies the listed keys of the parent context's baggage to every recording span; nothing where none is listed. */
export function baggageSpanProcessors(keys: readonly string[]): SpanProcessor[] {
  if (keys.length === 0) return [];
  const processor: SpanProcessor = {
    onStart: (span, context) =>
      baggageAttributes(keys, context, (key, value) => span.setAttribute(key, value)),
    onEnd() {},
    async forceFlush() {},
    async shutdown() {},
  };
  return [processor];
}
