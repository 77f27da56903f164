/** A sampler in the form of declarative configuration. */
export type SamplerOption =
  | { readonly alwaysOn: object }
  | { readonly alwaysOff: object }
  | { readonly traceIdRatioBased: { readonly ratio: number } }
  | { readonly parentBased: ParentBasedOption }
  | { readonly rateLimited: { readonly tracesPerSecond: number } }
  | { readonly ruleBased: RuleBasedOption };

/** The specification's ParentBased: which sampler is asked, by what is known of the parent. */
export interface ParentBasedOption {
  /** Where a trace begins. @defaultValue `{ alwaysOn: {} }` */
  readonly root?: SamplerOption;
  /** The caller keeps the trace. @defaultValue `{ alwaysOn: {} }` */
  readonly remoteParentSampled?: SamplerOption;
  /** The caller does not keep the trace. @defaultValue `{ alwaysOff: {} }` */
  readonly remoteParentNotSampled?: SamplerOption;
  /** Inside a kept span of this process. @defaultValue `{ alwaysOn: {} }` */
  readonly localParentSampled?: SamplerOption;
  /** Inside a span of this process that is not kept. @defaultValue `{ alwaysOff: {} }` */
  readonly localParentNotSampled?: SamplerOption;
}

/** The first rule that matches decides; what no rule matches is the fallback's. */
export interface RuleBasedOption {
  readonly rules: readonly SamplingRule[];
  /** @defaultValue `{ alwaysOn: {} }` */
  readonly fallback?: SamplerOption;
}

/** The kind of a span, as rules name it. */
export type SpanKindName = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/**
 * A rule for what begins with a certain span. All conditions that are given must hold; `*` in a path or an
 * attribute's value stands for any characters, `?` for one. A head sampler runs before the
 * route is known: rules see the path.
 *
 * @example
 * ```ts
 * const rule: SamplingRule = { methods: ['GET'], path: '/feed/*', sampler: { rateLimited: { tracesPerSecond: 5 } } };
 * ```
 */
export interface SamplingRule {
  /** Request methods in capitals. @defaultValue any, and spans that are about no request */
  readonly methods?: readonly string[];
  /** The path without the query. @defaultValue any */
  readonly path?: string;
  /** @defaultValue any */
  readonly spanKinds?: readonly SpanKindName[];
  /** Attributes the span starts with. Asking for them costs a request that is not kept about 1 us. @defaultValue none is asked for */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  /** Who decides: `{ alwaysOff: {} }` drops, `{ alwaysOn: {} }` keeps, `traceIdRatioBased` keeps a share, `rateLimited` so many a second. */
  readonly sampler: SamplerOption;
}
