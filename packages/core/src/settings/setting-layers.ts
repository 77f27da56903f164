import type { InitOptions } from './options.ts';
import { readConfigFile } from './read-config-file.ts';
import { reservedProblems } from './reserved-options.ts';
import type { SettingProblem } from './setting-problem.ts';
import { unsupportedProblems } from './unsupported-variables.ts';

/** Where settings come from, once it is known whether there is a configuration file. */
export interface SettingLayers {
  /** The variables that count. */
  readonly variables: NodeJS.ProcessEnv;
  /** What the configuration file says, as options; undefined when there is none that can be used. */
  readonly fromFile: object | undefined;
  /** What is wrong before any setting is read. */
  readonly problems: readonly SettingProblem[];
}

/** The layers behind the options that `init()` was given. */
export function settingLayers(variables: NodeJS.ProcessEnv, options: InitOptions): SettingLayers {
  const file = readConfigFile(variables);
  const counted = file.options ? nodeVariables(variables) : variables;
  const problems = [
    ...reservedProblems(options),
    ...file.problems,
    ...unsupportedProblems(counted),
  ];
  return { variables: counted, fromFile: file.options, problems };
}

/** The specification: with a configuration file no other variable counts; those of this language are not in it. */
function nodeVariables(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(variables).filter(([name]) => name.startsWith('OTEL_NODE_'));
  return Object.fromEntries(kept);
}
