import { Environment, type Found } from '../settings/environment.ts';
import { optionAt } from '../settings/option-at.ts';
import type { InitOptions } from '../settings/options.ts';
import { configFileRows } from '../settings/rows-config-file.ts';
import { samplingRows } from '../settings/rows-sampling.ts';
import type { Setting } from '../settings/setting.ts';
import { settingLayers } from '../settings/setting-layers.ts';
import { settingsTable } from '../settings/settings-table.ts';
import { shownValue } from '../settings/shown-value.ts';

/** One setting as it is in force. */
export interface EffectiveSetting {
  readonly group: string;
  /** Its variable; its option where it has none. */
  readonly setting: string;
  /** Masked where it may be secret. */
  readonly value: string;
  /** `default`, or the variable or option it came from. */
  readonly origin: string;
}

/** Every row of the settings table with its value and where that came from. */
export function effectiveSettings(
  variables: NodeJS.ProcessEnv,
  options: InitOptions,
): EffectiveSetting[] {
  const { variables: counted, fromFile = {} } = settingLayers(variables, options);
  const env = new Environment(counted, [], options, fromFile);
  const file = new Environment(variables, []);
  return settingsTable.flatMap(({ title, rows }) =>
    rows.map((row) => {
      const found = isConfigFile(row) ? file.find(row) : (samplerOption(row, env) ?? env.find(row));
      const value = shownSetting(row, found);
      return { group: title, setting: nameOf(row), value, origin: originOf(found, row, options) };
    }),
  );
}

function nameOf({ variables, options }: Setting<unknown>): string {
  return variables[0] ?? options[0] ?? '';
}

function isConfigFile(row: Setting<unknown>): boolean {
  return row === (configFileRows.configFile as Setting<unknown>);
}

/** The option `sampler` has a form of its own and stands in no row. */
function samplerOption(row: Setting<unknown>, env: Environment): Found<unknown> | undefined {
  if (row !== (samplingRows.sampler as Setting<unknown>)) return undefined;
  const given = env.option('sampler');
  return given === undefined ? undefined : { value: given, origin: 'sampler' };
}

function shownSetting(row: Setting<unknown>, { value, origin }: Found<unknown>): string {
  if (origin === undefined && row.byDefault) return row.byDefault.replaceAll('`', '');
  if (value === undefined) return 'none';
  const text = Array.isArray(value) ? value.join(',') || 'none' : shownValue(value);
  return origin !== undefined && row.kind.masked ? row.kind.masked(text) : text;
}

function originOf(
  { origin }: Found<unknown>,
  { variables }: Setting<unknown>,
  options: InitOptions,
): string {
  if (origin === undefined) return 'default';
  if (variables.includes(origin)) return `variable ${origin}`;
  const isGiven = optionAt(options, origin) !== undefined;
  return isGiven ? `option ${origin}` : `OTEL_CONFIG_FILE (${origin})`;
}
