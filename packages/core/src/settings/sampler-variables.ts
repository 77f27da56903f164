import type { Environment } from './environment.ts';
import { samplingRows } from './rows-sampling.ts';
import type { SamplerOption } from './sampler-option.ts';

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
