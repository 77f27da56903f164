import type { Environment } from './environment.ts';
import {
  type OwnInstrumentation,
  officialInstrumentations,
  ownName,
} from './instrumentation-names.ts';
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

function isInstrumentation(given: string): boolean {
  const name = given.toLowerCase();
  return ownName(name) !== undefined || officialInstrumentations.includes(name);
}
