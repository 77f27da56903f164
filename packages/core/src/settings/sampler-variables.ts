import type { Environment } from './environment.ts';
import type { SamplerOption } from './sampler-option.ts';

const names = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG as the declarative form says the same. */
export function readSamplerVariables(env: Environment): SamplerOption {
  const name = env.choice(['OTEL_TRACES_SAMPLER'], names, 'parentbased_traceidratio');
  const root = rootSampler(name.replace('parentbased_', ''), env);
  return name.startsWith('parentbased_') ? { parentBased: { root } } : root;
}

function rootSampler(name: string, env: Environment): SamplerOption {
  if (name === 'always_on') return { alwaysOn: {} };
  if (name === 'always_off') return { alwaysOff: {} };
  return { traceIdRatioBased: { ratio: env.ratio('OTEL_TRACES_SAMPLER_ARG', 1) } };
}
