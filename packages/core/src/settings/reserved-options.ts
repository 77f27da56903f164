import { optionAt } from './option-at.ts';
import type { InitOptions } from './options.ts';
import type { SettingProblem } from './setting-problem.ts';

/** Names that later versions give a meaning; using one now is answered, not ignored. */
const reserved = ['headers'];

/** Options that this version does not know, so that a typing error or a newer option is never silent. */
export function reservedProblems(options: InitOptions): SettingProblem[] {
  return reserved
    .filter((name) => optionAt(options, name) !== undefined)
    .map((setting) => ({
      setting,
      expected: 'this option not to be given: this version reserves its name for a later one',
      got: 'a value',
      using: 'nothing of it',
    }));
}
