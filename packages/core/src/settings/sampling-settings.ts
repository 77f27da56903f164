import type { Sampler } from '@opentelemetry/api';
import type { SamplerOption, SamplingRule } from './sampler-option.ts';

/** Which traces are kept. */
export interface SamplingSettings {
  readonly sampler: SamplerOption | Sampler;
  /** Asked before the sampler, where a trace begins. */
  readonly samplingRules: readonly SamplingRule[];
  /** Paths whose GET and HEAD begin no trace. */
  readonly healthPaths: readonly string[];
}
