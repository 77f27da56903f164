import type { Sampler } from '@opentelemetry/api';
import type { SamplerOption } from '../settings/options.ts';
import { IdSampler } from './id-sampler.ts';

/** The sampler the setting names; the application's own is taken as it is, and sees the attributes. */
export function samplerFor(setting: SamplerOption | Sampler): IdSampler | Sampler {
  return 'shouldSample' in setting ? setting : idSampler(setting, false);
}

/** A parent-based sampler around another one is that one where there is no parent. */
function idSampler(option: SamplerOption, parentBased: boolean): IdSampler {
  if ('parentBased' in option) return idSampler(option.parentBased.root ?? { alwaysOn: {} }, true);
  if ('traceIdRatioBased' in option)
    return new IdSampler(parentBased, option.traceIdRatioBased.ratio);
  return new IdSampler(parentBased, 'alwaysOn' in option ? 1 : 0);
}
