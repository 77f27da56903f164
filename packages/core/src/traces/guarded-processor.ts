import { harmless } from '../lifecycle/harmless.ts';
import type { SpanProcessor } from './span-processor.ts';

/** A processor of the application's own: what it throws reaches neither the application's calls nor the other processors. */
export function guardedProcessor(own: SpanProcessor): SpanProcessor {
  return {
    onStart: (span, context) => void harmless(() => own.onStart(span, context)),
    onEnd: (span) => void harmless(() => own.onEnd(span)),
    forceFlush: async () => own.forceFlush(),
    shutdown: async () => own.shutdown(),
  };
}
