import type { Environment } from './environment.ts';
import {
  type OwnInstrumentation,
  officialInstrumentations,
  ownName,
} from './instrumentation-names.ts';
import type { InitOptions } from './options.ts';
import { readList } from './read-list.ts';

const disabled = {
  variable: 'OTEL_NODE_DISABLED_INSTRUMENTATIONS',
  option: 'disabledInstrumentations',
  expected: 'the name of an instrumentation',
  isGood: isInstrumentation,
};

/**
 * What is not to be observed. Names of OpenTelemetry's own packages are taken as well: an environment
 * that was written for those says nothing wrong.
 */
export function readDisabled(env: Environment, option: unknown): ReadonlySet<OwnInstrumentation> {
  const names = readList(env, disabled, option);
  return new Set(names.flatMap((name) => ownName(name.toLowerCase()) ?? []));
}

const enabled = {
  variable: 'OTEL_NODE_ENABLED_INSTRUMENTATIONS',
  option: 'instrumentations',
  expected: 'the name of an instrumentation',
  isGood: (name: string) => /^[a-z\d][a-z\d.-]*$/i.test(name),
};

/** OpenTelemetry's own packages that are wanted, by name: option, then variable, without what is disabled or done here anyway. */
export function readEnabled(env: Environment, options: InitOptions): readonly string[] {
  const given: unknown = options.instrumentations;
  const named = Array.isArray(given) ? given.filter((each) => typeof each === 'string') : [];
  const wanted = readList(env, enabled, named.length > 0 ? named : undefined);
  const off = new Set(readListQuietly(env, options.disabledInstrumentations));
  const names = wanted.map((name) => name.toLowerCase());
  return [...new Set(names)].filter((name) => ownName(name) === undefined && !off.has(name));
}

/** What is wrong in it was said when it was read for what is done here. */
function readListQuietly(env: Environment, option: readonly string[] | undefined): string[] {
  const names: unknown = option ?? env.text(disabled.variable)?.split(',');
  return Array.isArray(names) ? names.map((name) => String(name).trim().toLowerCase()) : [];
}

function isInstrumentation(given: string): boolean {
  const name = given.toLowerCase();
  return ownName(name) !== undefined || officialInstrumentations.includes(name);
}
