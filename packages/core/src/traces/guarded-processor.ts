import { guarded } from '../lifecycle/guarded.ts';
import type { SpanProcessor } from './span-processor.ts';

/** A processor of the application's own: what it throws is said, and reaches neither the application's calls nor the other processors. */
export function guardedProcessor(own: SpanProcessor): SpanProcessor {
  return {
    onStart: guarded('onStart of a span processor', (span, context) => own.onStart(span, context)),
    onEnd: guarded('onEnd of a span processor', (span) => own.onEnd(span)),
    forceFlush: async () => own.forceFlush(),
    shutdown: async () => own.shutdown(),
  };
}
