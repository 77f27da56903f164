import type { SpanContext, SpanKind } from '@opentelemetry/api';
import type { SpanIds } from './span-ids.ts';
import type { SpanSubject } from './span-subject.ts';

/** A sampler that is asked before anything is made for the span: it decides from the parent, the ids and what it asks the subject for. */
export interface HeadSampler {
  keeps(
    parent: SpanContext | undefined,
    ids: SpanIds,
    kind: SpanKind,
    subject: SpanSubject,
  ): boolean;
}
