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
  /**
   * What is written: `page` is all of `results/` and docs/benchmarks.md, of a whole run and of one with `--keep`;
   * `again` is what the next quick run is compared with.
   */
  readonly keep: 'page' | 'again' | 'nothing';
}

// Many short turns: what disturbs a machine often lasts longer than one of them, and some are without it.
// Ours costs after 20,000 requests what it costs for good, official packages at 1 % only after twice as many.
const quick: Amount = {
  ...{ processes: 2, warmUp: 30_000, warmUpLimit: 8 },
  ...{ rounds: 24, turn: 0.1, alone: 0.4 },
};
/** With four samplings of each variant there is enough to compare in fewer turns, and time for peers to get warm. */
const thorough: Amount = { ...quick, warmUp: 40_000, warmUpLimit: 12, rounds: 16 };

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
    keep: values.keep ? 'page' : keepOf(choice, values.quick),
  };
}

function keepOf(choice: Choice, isQuick = false): Options['keep'] {
  if (Object.values(choice).some((chosen) => chosen !== undefined)) return 'nothing';
  return isQuick ? 'again' : 'page';
}

/** So many and no more. */
function roundsOf(text: string | undefined): Partial<Amount> {
  if (text === undefined) return {};
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds > 0) return { rounds };
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
