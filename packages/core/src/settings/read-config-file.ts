import { ConfigNode } from './config-node.ts';
import { type ConfigPackage, configOptions } from './config-options.ts';
import { Environment } from './environment.ts';
import { loadPackage } from './installed-package.ts';
import { configFileRows } from './rows-config-file.ts';
import type { SettingProblem } from './setting-problem.ts';

/** What a configuration file says, and what is wrong with it. */
export interface ConfigFile {
  /** Undefined when it cannot be used: then the variables count. */
  readonly options: object | undefined;
  readonly problems: SettingProblem[];
}

const PACKAGE = '@opentelemetry/configuration';

/** The file that OTEL_CONFIG_FILE names; its parser is loaded only then. */
export function readConfigFile(variables: NodeJS.ProcessEnv): ConfigFile {
  const { value: file, origin } = new Environment(variables, []).find(configFileRows.configFile);
  if (file === undefined || origin === undefined) return { options: undefined, problems: [] };
  const problem = (expected: string, using: string) => ({
    options: undefined,
    problems: [{ setting: origin, got: file, expected, using }],
  });
  const parser = loadPackage<ConfigPackage>(PACKAGE);
  if (!parser) {
    const install = `the package ${PACKAGE} to be installed for it (npm install ${PACKAGE})`;
    return problem(install, 'the other variables');
  }
  try {
    const node = new ConfigNode(parser.parseConfigFile(file));
    const options = configOptions(node, parser);
    const left = node.left();
    if (left.length === 0) return { options, problems: [] };
    return { ...problem('only what is provided here', `nothing of ${left.join(', ')}`), options };
  } catch (error) {
    const reason = String((error as Error).message).replaceAll(/\s+/g, ' ');
    return problem(`a file of declarative configuration (${reason})`, 'the other variables');
  }
}
