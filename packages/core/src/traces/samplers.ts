import type { Sampler } from '@opentelemetry/api';
import type { ParentBasedOption, SamplerOption, SamplingRule } from '../settings/sampler-option.ts';
import type { SamplingSettings } from '../settings/sampling-settings.ts';
import type { HeadSampler } from './head-sampler.ts';
import { HealthSampler } from './health-sampler.ts';
import { IdSampler } from './id-sampler.ts';
import { ParentBasedSampler } from './parent-based-sampler.ts';
import { RateSampler } from './rate-sampler.ts';
import { ruleOf } from './rule-of.ts';
import { RuleSampler } from './rule-sampler.ts';

/**
 * The sampler in force: rules, then health paths, then the sampler that is set, all of it inside
 * parent-based where that is set. The application's own sampler is taken as it is, with nothing before it.
 */
export function samplerFor(settings: SamplingSettings): HeadSampler | Sampler {
  const { sampler } = settings;
  return 'shouldSample' in sampler ? sampler : withRules(sampler, settings);
}

function withRules(option: SamplerOption, settings: SamplingSettings): HeadSampler {
  if (!('parentBased' in option)) return ruled(headSampler(option), settings);
  const root = headSampler(option.parentBased.root ?? { alwaysOn: {} });
  return parentBased(option.parentBased, ruled(root, settings));
}

function ruled(rest: HeadSampler, { samplingRules, healthPaths }: SamplingSettings): HeadSampler {
  const healthy = healthPaths.length > 0 ? new HealthSampler(healthPaths, rest) : rest;
  if (samplingRules.length === 0) return healthy;
  return ruleSampler(samplingRules, healthy);
}

function ruleSampler(rules: readonly SamplingRule[], rest: HeadSampler): HeadSampler {
  return new RuleSampler(
    rules.map((rule) => ruleOf(rule, headSampler(rule.sampler))),
    rest,
  );
}

function headSampler(option: SamplerOption): HeadSampler {
  if ('parentBased' in option) {
    return parentBased(
      option.parentBased,
      headSampler(option.parentBased.root ?? { alwaysOn: {} }),
    );
  }
  if ('traceIdRatioBased' in option) return new IdSampler(option.traceIdRatioBased.ratio);
  if ('rateLimited' in option) return new RateSampler(option.rateLimited.tracesPerSecond);
  if ('ruleBased' in option) {
    const { rules, fallback } = option.ruleBased;
    return ruleSampler(rules, headSampler(fallback ?? { alwaysOn: {} }));
  }
  return new IdSampler('alwaysOn' in option ? 1 : 0);
}

function parentBased(option: ParentBasedOption, root: HeadSampler): HeadSampler {
  const or = (given: SamplerOption | undefined, ratio: number) =>
    given ? headSampler(given) : new IdSampler(ratio);
  return new ParentBasedSampler({
    root,
    remoteParentSampled: or(option.remoteParentSampled, 1),
    remoteParentNotSampled: or(option.remoteParentNotSampled, 0),
    localParentSampled: or(option.localParentSampled, 1),
    localParentNotSampled: or(option.localParentNotSampled, 0),
  });
}
