import { parseArgs } from 'node:util';
import { apps } from './apps.ts';
import type { Amount } from './measure-series.ts';
import { routes } from './routes.ts';
import { type Choice, fullSeries, quickSeries, type Series } from './series.ts';
import { variants } from './variants.ts';

/** What the command line asks for. */
export interface Options {
  readonly amount: Amount;
  readonly series: readonly Series[];
  /** Whether to write `results/` and `docs/benchmarks.md`: a run without a choice does, and one with `--keep`. */
  readonly keep: boolean;
}

// Many short turns: what disturbs a machine often lasts longer than one of them, and some are without it.
// A server of 20,000 requests is still a third dearer than one of 100,000, whose code is compiled for good.
const quick: Amount = {
  ...{ processes: 3, warmUp: 80_000, warmUpLimit: 2.5 },
  ...{ rounds: 12, mostRounds: 18, turn: 0.12, alone: 0.4 },
};
/** With four samplings of each variant there are enough servers as it is. */
const thorough: Amount = { ...quick, processes: 2 };

/**
 * Reads `--quick`, `--keep`, `--rounds N`, and `--app`, `--route`, `--variant` and `--sampling`, each again for
 * more; throws when one is not understood.
 */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean' },
      keep: { type: 'boolean' },
      rounds: { type: 'string' },
      app: { type: 'string', multiple: true },
      route: { type: 'string', multiple: true },
      variant: { type: 'string', multiple: true },
      sampling: { type: 'string', multiple: true },
    },
  });
  const choice: Choice = {
    apps: values.app?.map((name) => named('--app', apps, name)),
    routes: values.route?.map((name) => named('--route', routes, name)),
    variants: values.variant?.map((name) => named('--variant', variants, name)),
    samplings: values.sampling?.map(ratioOf),
  };
  return {
    amount: { ...(values.quick ? quick : thorough), ...roundsOf(values.rounds) },
    series: values.quick ? quickSeries(choice) : fullSeries(choice),
    keep: values.keep || Object.values(choice).every((chosen) => chosen === undefined),
  };
}

/** So many and no more. */
function roundsOf(text: string | undefined): Partial<Amount> {
  if (text === undefined) return {};
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds > 0) return { rounds, mostRounds: rounds };
  throw new Error(`--rounds: expected a whole number of 1 or more, got "${text}"`);
}

function ratioOf(text: string): number {
  const ratio = Number(text);
  if (text.trim() !== '' && ratio >= 0 && ratio <= 1) return ratio;
  throw new Error(`--sampling: expected a number from 0 to 1, got "${text}"`);
}

function named<T extends { name: string }>(option: string, all: readonly T[], name: string): T {
  const found = all.find((each) => each.name === name);
  if (found) return found;
  const names = all.map((each) => each.name).join(', ');
  throw new Error(`${option}: expected one of ${names}, got "${name}"`);
}
