import { SpanKind } from '@opentelemetry/api';
import { oldHttpAttributes } from './old-http-attributes.ts';
import { RecordedSpan } from './recorded-span.ts';
import type { FinishedSpan, SpanProcessor } from './span-processor.ts';

/** Writes the old names beside those of our own HTTP spans when they have ended; nothing where they are not wanted. */
export function oldHttpProcessors(areWanted: boolean): SpanProcessor[] {
  if (!areWanted) return [];
  return [{ onStart() {}, onEnd: addOldNames, async forceFlush() {}, async shutdown() {} }];
}

function addOldNames(span: FinishedSpan): void {
  const { kind, attributes, instrumentationScope } = span;
  if (instrumentationScope.name !== '@org/otel-core') return;
  const isHttp = kind === SpanKind.SERVER || kind === SpanKind.CLIENT;
  if (!isHttp || attributes['http.request.method'] === undefined) return;
  if (span instanceof RecordedSpan) span.amend(oldHttpAttributes(kind, attributes));
}
