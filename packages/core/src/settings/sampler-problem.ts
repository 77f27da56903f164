import type { OptionProblem } from './option-problem.ts';
import { rulesProblem } from './rules-problem.ts';

const checks: Record<string, (given: never, setting: string) => OptionProblem | undefined> = {
  alwaysOn: () => undefined,
  alwaysOff: () => undefined,
  traceIdRatioBased: ({ ratio }: { ratio: unknown }, setting) =>
    isRatio(ratio) ? undefined : problem(`${setting}.ratio`, ratio, 'a number from 0 to 1'),
  rateLimited: ({ tracesPerSecond }: { tracesPerSecond: unknown }, setting) =>
    isRate(tracesPerSecond)
      ? undefined
      : problem(`${setting}.tracesPerSecond`, tracesPerSecond, 'a number of 0 or more'),
  parentBased: parentBasedProblem,
  ruleBased: ({ rules, fallback }: { rules: unknown; fallback?: unknown }, setting) =>
    rulesProblem(rules, `${setting}.rules`, samplerProblem) ??
    (fallback === undefined ? undefined : samplerProblem(fallback, `${setting}.fallback`)),
};

/** What is wrong with a sampler given as an option, if anything. */
export function samplerProblem(option: unknown, setting = 'sampler'): OptionProblem | undefined {
  const [name, given] = Object.entries((option ?? {}) as object)[0] ?? [];
  const check = name === undefined ? undefined : checks[name];
  if (check && Object.hasOwn(checks, name as string) && typeof given === 'object' && given !== null)
    return check(given as never, `${setting}.${name}`);
  return problem(setting, option, `${Object.keys(checks).join(', ')} or a Sampler`);
}

function parentBasedProblem(given: Record<string, unknown>, setting: string) {
  for (const [name, sampler] of Object.entries(given)) {
    const found = sampler !== undefined && samplerProblem(sampler, `${setting}.${name}`);
    if (found) return found;
  }
  return undefined;
}

function isRatio(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function isRate(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}

function problem(setting: string, value: unknown, expected: string): OptionProblem {
  const got = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return { setting, got: got.slice(0, 200), expected };
}
