import { beforeAll, describe, expect, it } from 'vitest';
import { settingsTable } from '../packages/core/src/settings/settings-table.ts';
import { unsupportedVariables } from '../packages/core/src/settings/unsupported-variables.ts';
import { runScenario } from './settings/scenario.ts';
import { scenarios } from './settings/scenarios.ts';
import { specificationVariables } from './settings/specification-variables.ts';

/** As many apps at once as machines have cores. */
const AT_ONCE = 3;

const failures = new Map<string, unknown>();

beforeAll(async () => {
  const waiting = [...scenarios.entries()];
  await Promise.all(Array.from({ length: AT_ONCE }, work));

  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) await run(...next);
  }
}, 300_000);

async function run(index: number, scenario: (typeof scenarios)[number]): Promise<void> {
  const rows = Object.entries(scenario.rows);
  try {
    await runScenario(scenario, async (seen) => {
      for (const [variable, look] of rows) {
        await Promise.resolve(seen)
          .then(look)
          .catch((error) => failures.set(`${index} ${variable}`, explained(error, seen.stderr)));
      }
    });
  } catch (error) {
    for (const [variable] of rows) failures.set(`${index} ${variable}`, error);
  }
}

function explained(error: Error, stderr: string): Error {
  error.message += `\nthe app wrote:\n${stderr || '(nothing)'}`;
  return error;
}

describe.each([...scenarios.entries()])('%#', (index, { title, rows }) => {
  it.each(Object.keys(rows))(`${title}: %s`, (variable) => {
    const failure = failures.get(`${index} ${variable}`);
    if (failure) throw failure;
  });
});

it('has a row for every variable of the specification, and the settings table knows them all', () => {
  const rows = new Set(scenarios.flatMap((scenario) => Object.keys(scenario.rows)));
  const without = specificationVariables.filter((variable) => !rows.has(variable));
  expect(without).toEqual([]);
  const table = settingsTable.flatMap((group) => group.rows.flatMap((row) => row.variables));
  const known = new Set([...table, ...Object.keys(unsupportedVariables)]);
  expect(specificationVariables.filter((variable) => !known.has(variable))).toEqual([]);
});
