import type { Progress } from '../tools/progress-step.ts';
import type { Laboratory } from './laboratory.ts';
import { type Measurement, measureAlone, type ProcessRounds, Turns } from './measure.ts';
import { startRunner, type Warm } from './runner.ts';
import type { Case } from './subject.ts';
import { bare, ours } from './variants.ts';
import { warmUp } from './warm-up.ts';

/** How much is measured. */
export interface Amount {
  /** Servers that are started of ours and of bare: equal processes differ by a microsecond a request. */
  readonly processes: number;
  /** Requests to each server before the first round. */
  readonly warmUp: number;
  /** Seconds after which the warm-up ends in any case. */
  readonly warmUpLimit: number;
  /** Turns of each server. */
  readonly rounds: number;
  /** Seconds of load in a turn, about; more where the route says so. */
  readonly turn: number;
  /** Seconds of load of each server alone. */
  readonly alone: number;
}

/**
 * Measures the cases of one series. All its servers run side by side and take short turns: a machine that becomes slower
 * or busier meets all of them alike.
 */
export async function measureSeries(
  cases: readonly Case[],
  amount: Amount,
  laboratory: Laboratory,
  progress: Progress,
): Promise<Measurement[]> {
  await using runners = new AsyncDisposableStack();
  const warm: Warm[] = [];
  for (const each of cases.flatMap((of) => Array<Case>(processesOf(of, amount)).fill(of))) {
    try {
      const runner = runners.use(await startRunner(each, laboratory));
      const rate = await warmUp(runner, amount.warmUp, amount.warmUpLimit);
      warm.push({ runner, rate });
    } catch (error) {
      progress(`${titleOf(each)}: ${error instanceof Error ? error.message : error}`);
    }
  }
  const rounds = await takeTurns(warm, amount);
  const measurements: Measurement[] = [];
  for (const [of, own] of Map.groupBy(warm, ({ runner }) => runner.of)) {
    const [first] = own;
    const processes = own.flatMap((each) => rounds.get(each) ?? []);
    if (first) measurements.push({ of, processes, alone: await measureAlone(first, amount.alone) });
  }
  return measurements;
}

function processesOf({ subject: { variant } }: Case, { processes }: Amount): number {
  return variant === bare || variant === ours ? processes : 1;
}

async function takeTurns(
  warm: readonly Warm[],
  { rounds, turn }: Amount,
): Promise<Map<Warm, ProcessRounds>> {
  const all = await Promise.all(warm.map(Turns.begin));
  for (let round = 0; round < rounds; round += 1) for (const each of all) await each.take(turn);
  const ended = await Promise.all(all.map((each) => each.end()));
  return new Map(
    warm.flatMap((each, index) =>
      ended.slice(index, index + 1).map((rounds) => [each, rounds] as const),
    ),
  );
}

function titleOf({ subject, route, sampling }: Case): string {
  return `${subject.app.title}, ${route.title}, ${subject.variant.title}, sampling ${sampling}`;
}
