import { parseArgs } from 'node:util';
import { type App, apps } from './apps.ts';
import type { Amount } from './measure-app.ts';

/** What the command line asks for. */
export interface Options {
  readonly amount: Amount;
  readonly apps: readonly App[];
  /** Whether to write `results/` and `docs/benchmarks.md`; only a run of all apps does. */
  readonly keep: boolean;
}

const quick: Amount = { sittings: 1, rounds: 5, warmUp: 8000, load: 0.8 };
const thorough: Amount = { sittings: 3, rounds: 5, warmUp: 20_000, load: 2 };

/** Reads `--quick`, `--rounds N` and `--app NAME` (again for more); throws when one is not understood. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean' },
      rounds: { type: 'string' },
      app: { type: 'string', multiple: true },
    },
  });
  const amount = values.quick ? quick : thorough;
  return {
    amount: { ...amount, rounds: roundsOf(values.rounds) ?? amount.rounds },
    apps: values.app?.map(appNamed) ?? apps,
    keep: values.app === undefined,
  };
}

function roundsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds > 0) return rounds;
  throw new Error(`--rounds: expected a whole number of 1 or more, got "${text}"`);
}

function appNamed(name: string): App {
  const app = apps.find((each) => each.name === name);
  if (app) return app;
  const names = apps.map((each) => each.name).join(', ');
  throw new Error(`--app: expected one of ${names}, got "${name}"`);
}
