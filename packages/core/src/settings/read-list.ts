import type { Environment } from './environment.ts';

/** A list that an option or, without it, a variable gives. */
export interface ListSetting {
  readonly variable: string;
  readonly option: string;
  /** What an element must be, for the sentence about one that is not. */
  readonly expected: string;
  readonly isGood: (element: string) => boolean;
}

/** The elements that can be used; the others are reported and left out. */
export function readList(env: Environment, setting: ListSetting, given: unknown): string[] {
  if (given === undefined)
    return goodOnes(env, setting, setting.variable, inVariable(env, setting));
  if (Array.isArray(given)) return goodOnes(env, setting, setting.option, given);
  env.report(setting.option, typeof given, `an array, each element ${setting.expected}`, 'none');
  return [];
}

function inVariable(env: Environment, { variable }: ListSetting): string[] {
  return (env.text(variable)?.split(',') ?? []).flatMap((part) => part.trim() || []);
}

function goodOnes(
  env: Environment,
  { expected, isGood }: ListSetting,
  name: string,
  elements: readonly unknown[],
): string[] {
  const good = elements.filter((each) => typeof each === 'string' && isGood(each));
  const bad = elements.filter((each) => !good.includes(each));
  if (bad.length > 0) env.report(name, bad.map(String).join(','), expected, 'the others');
  return good as string[];
}
