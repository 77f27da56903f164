import type { Sampler } from '@opentelemetry/api';
import { AlwaysOffSampler, AlwaysOnSampler, ParentBasedSampler } from '@opentelemetry/sdk-trace';
import type { SamplerOption } from '../settings/options.ts';
import { TraceIdRatioSampler } from './trace-id-ratio-sampler.ts';

/** A sampler, and whether it looks at attributes: those that do not are asked before any is made. */
export interface SamplerChoice {
  readonly sampler: Sampler;
  readonly readsAttributes: boolean;
}

/** The sampler the setting names; the application's own is taken as it is and sees the attributes. */
export function samplerFor(setting: SamplerOption | Sampler): SamplerChoice {
  if ('shouldSample' in setting) return { sampler: setting, readsAttributes: true };
  return { sampler: builtIn(setting), readsAttributes: false };
}

function builtIn(option: SamplerOption): Sampler {
  if ('alwaysOn' in option) return new AlwaysOnSampler();
  if ('alwaysOff' in option) return new AlwaysOffSampler();
  if ('traceIdRatioBased' in option) return new TraceIdRatioSampler(option.traceIdRatioBased.ratio);
  return new ParentBasedSampler({ root: builtIn(option.parentBased.root ?? { alwaysOn: {} }) });
}
