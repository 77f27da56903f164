import type { Sampler } from '@opentelemetry/api';
import type { Environment } from './environment.ts';
import { defaultHealthPaths } from './health-paths.ts';
import type { InitOptions } from './options.ts';
import { ruleSyntax, rulesFromText } from './rules-from-text.ts';
import { rulesProblem } from './rules-problem.ts';
import type { SamplerOption, SamplingRule } from './sampler-option.ts';
import { samplerProblem } from './sampler-problem.ts';
import { readSamplerVariables } from './sampler-variables.ts';
import type { SamplingSettings } from './sampling-settings.ts';

/** Which traces are kept: option, then variable, then everything but health checks. */
export function readSampling(env: Environment, options: InitOptions): SamplingSettings {
  return {
    sampler: samplerFrom(env, options.sampler),
    samplingRules: rulesFrom(env, options.samplingRules),
    healthPaths: healthPathsFrom(env, options.healthPaths),
  };
}

const keepEveryTrace: SamplerOption = {
  parentBased: { root: { traceIdRatioBased: { ratio: 1 } } },
};

function samplerFrom(env: Environment, option: InitOptions['sampler']): SamplerOption | Sampler {
  if (!option) return readSamplerVariables(env);
  if (isOwnSampler(option)) return option;
  const problem = samplerProblem(option);
  if (!problem) return option;
  env.report(problem.setting, problem.got, problem.expected, 'every trace');
  return keepEveryTrace;
}

function isOwnSampler(option: SamplerOption | Sampler): option is Sampler {
  return typeof option === 'object' && 'shouldSample' in option;
}

const RULES = 'OTEL_NODE_SAMPLING_RULES';

function rulesFrom(
  env: Environment,
  option: readonly SamplingRule[] | undefined,
): readonly SamplingRule[] {
  if (option === undefined) return rulesFromVariable(env);
  const problem = rulesProblem(option, 'samplingRules', samplerProblem);
  if (!problem) return option;
  env.report(problem.setting, problem.got, problem.expected, 'no rules');
  return [];
}

function rulesFromVariable(env: Environment): readonly SamplingRule[] {
  const text = env.text(RULES);
  const rules = text === undefined ? [] : rulesFromText(text);
  if (!rules) env.report(RULES, text as string, ruleSyntax, 'no rules');
  return rules ?? [];
}

const PATHS = 'OTEL_NODE_HEALTH_PATHS';

function healthPathsFrom(
  env: Environment,
  option: readonly string[] | undefined,
): readonly string[] {
  const text = env.text(PATHS);
  if (option === undefined && text === undefined) return defaultHealthPaths;
  if (option === undefined && text?.toLowerCase() === 'none') return [];
  const paths: unknown = option ?? text?.split(',').map((path) => path.trim());
  if (Array.isArray(paths) && paths.every(isPath)) return paths;
  const setting = option === undefined ? PATHS : 'healthPaths';
  env.report(setting, String(paths), 'paths that begin with / or *', 'the default paths');
  return defaultHealthPaths;
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && /^[/*]/.test(value);
}
