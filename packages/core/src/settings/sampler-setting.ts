import type { Environment } from './environment.ts';
import type { SamplerOption } from './options.ts';
import { samplingRows } from './rows-sampling.ts';

/** OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG as the declarative form says the same. */
export function readSamplerVariables(env: Environment): SamplerOption {
  const name = env.read(samplingRows.sampler);
  const root = rootSampler(name.replace('parentbased_', ''), env);
  return name.startsWith('parentbased_') ? { parentBased: { root } } : root;
}

function rootSampler(name: string, env: Environment): SamplerOption {
  if (name === 'always_on') return { alwaysOn: {} };
  if (name === 'always_off') return { alwaysOff: {} };
  return { traceIdRatioBased: { ratio: env.read(samplingRows.ratio) } };
}

/** What is wrong with a sampler given as an option, if anything. */
export function samplerProblem(
  option: SamplerOption,
): { setting: string; got: string; expected: string } | undefined {
  if ('alwaysOn' in option || 'alwaysOff' in option) return undefined;
  if ('parentBased' in option)
    return option.parentBased.root && samplerProblem(option.parentBased.root);
  if ('traceIdRatioBased' in option) return ratioProblem(option.traceIdRatioBased.ratio);
  return {
    setting: 'sampler',
    got: JSON.stringify(option),
    expected: 'alwaysOn, alwaysOff, traceIdRatioBased, parentBased or a Sampler',
  };
}

function ratioProblem(
  ratio: unknown,
): { setting: string; got: string; expected: string } | undefined {
  if (typeof ratio === 'number' && ratio >= 0 && ratio <= 1) return undefined;
  return {
    setting: 'sampler.traceIdRatioBased.ratio',
    got: String(ratio),
    expected: 'a number from 0 to 1',
  };
}
