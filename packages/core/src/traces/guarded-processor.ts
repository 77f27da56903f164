import { bounded } from '../lifecycle/bounded.ts';
import { guarded } from '../lifecycle/guarded.ts';
import type { SpanProcessor } from './span-processor.ts';

/** A processor of the application's own: what it throws is said, and reaches neither the application's calls nor the other processors. One that hangs is not waited for. */
export function guardedProcessor(own: SpanProcessor): SpanProcessor {
  return {
    onStart: guarded('onStart of a span processor', (span, context) => own.onStart(span, context)),
    onEnd: guarded('onEnd of a span processor', (span) => own.onEnd(span)),
    forceFlush: () => bounded('forceFlush of a span processor', () => own.forceFlush()),
    shutdown: () => bounded('shutdown of a span processor', () => own.shutdown()),
  };
}
