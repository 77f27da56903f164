import { type SpanContext, type SpanKind, TraceFlags } from '@opentelemetry/api';
import type { HeadSampler } from './head-sampler.ts';
import type { SpanIds } from './span-ids.ts';
import type { SpanSubject } from './span-subject.ts';

/** A rule ready to be asked. */
export interface Rule {
  matches(kind: SpanKind, subject: SpanSubject): boolean;
  readonly sampler: HeadSampler;
}

/**
 * The first rule that matches decides, else the fallback. Asked where a trace begins or enters this
 * process; what starts inside follows, so that no trace is half.
 */
export class RuleSampler implements HeadSampler {
  readonly #rules: readonly Rule[];
  readonly #fallback: HeadSampler;

  constructor(rules: readonly Rule[], fallback: HeadSampler) {
    this.#rules = rules;
    this.#fallback = fallback;
  }

  keeps(
    parent: SpanContext | undefined,
    ids: SpanIds,
    kind: SpanKind,
    subject: SpanSubject,
  ): boolean {
    if (parent && !parent.isRemote) return (parent.traceFlags & TraceFlags.SAMPLED) !== 0;
    for (const rule of this.#rules) {
      if (rule.matches(kind, subject)) return rule.sampler.keeps(parent, ids, kind, subject);
    }
    return this.#fallback.keeps(parent, ids, kind, subject);
  }
}
