import { type SpanContext, type SpanKind, TraceFlags } from '@opentelemetry/api';
import type { HeadSampler } from './head-sampler.ts';
import type { SpanIds } from './span-ids.ts';
import type { SpanSubject } from './span-subject.ts';

/** Who is asked, by what is known of the parent. */
export interface ParentDelegates {
  readonly root: HeadSampler;
  readonly remoteParentSampled: HeadSampler;
  readonly remoteParentNotSampled: HeadSampler;
  readonly localParentSampled: HeadSampler;
  readonly localParentNotSampled: HeadSampler;
}

/** The specification's ParentBased: the root's sampler where there is no parent, else the one for that kind of parent. */
export class ParentBasedSampler implements HeadSampler {
  readonly #to: ParentDelegates;

  constructor(delegates: ParentDelegates) {
    this.#to = delegates;
  }

  keeps(
    parent: SpanContext | undefined,
    ids: SpanIds,
    kind: SpanKind,
    subject: SpanSubject,
  ): boolean {
    return (parent ? this.#forParent(parent) : this.#to.root).keeps(parent, ids, kind, subject);
  }

  #forParent({ traceFlags, isRemote }: SpanContext): HeadSampler {
    const to = this.#to;
    if (traceFlags & TraceFlags.SAMPLED)
      return isRemote ? to.remoteParentSampled : to.localParentSampled;
    return isRemote ? to.remoteParentNotSampled : to.localParentNotSampled;
  }
}
