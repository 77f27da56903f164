import { type SpanContext, SpanKind, TraceFlags } from '@opentelemetry/api';
import type { HeadSampler } from './head-sampler.ts';
import { IdSampler } from './id-sampler.ts';
import type { SpanIds } from './span-ids.ts';
import type { SpanSubject } from './span-subject.ts';
import { wildcard } from './wildcard.ts';

/**
 * Drops what begins with a GET or HEAD of a health path, and leaves the rest to the other sampler. One
 * that looks at nothing but the id is asked first: the path is then put together only for requests
 * that would be kept.
 */
export class HealthSampler implements HeadSampler {
  readonly #exact: ReadonlySet<string>;
  readonly #patterns: readonly ((path: string) => boolean)[];
  readonly #rest: HeadSampler;

  constructor(paths: readonly string[], rest: HeadSampler) {
    const isPattern = (path: string) => /[*?]/.test(path);
    this.#exact = new Set(paths.filter((path) => !isPattern(path)));
    this.#patterns = paths.filter(isPattern).map(wildcard);
    this.#rest = rest;
  }

  keeps(
    parent: SpanContext | undefined,
    ids: SpanIds,
    kind: SpanKind,
    subject: SpanSubject,
  ): boolean {
    if (parent && !parent.isRemote) return (parent.traceFlags & TraceFlags.SAMPLED) !== 0;
    const rest = this.#rest;
    if (rest instanceof IdSampler) return rest.keeps(parent, ids) && !this.#drops(kind, subject);
    return !this.#drops(kind, subject) && rest.keeps(parent, ids, kind, subject);
  }

  #drops(kind: SpanKind, subject: SpanSubject): boolean {
    if (kind !== SpanKind.SERVER) return false;
    const { path, method } = subject;
    if (path === undefined || (method !== 'GET' && method !== 'HEAD')) return false;
    return this.#exact.has(path) || this.#patterns.some((matches) => matches(path));
  }
}
