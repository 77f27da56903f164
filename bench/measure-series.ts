import type { Progress } from '../tools/progress-step.ts';
import type { Laboratory } from './laboratory.ts';
import { type Measurement, measureAlone, Turns } from './measure.ts';
import { type Runner, startRunner } from './runner.ts';
import type { Case } from './subject.ts';
import { warmUp } from './warm-up.ts';

/** How much is measured. */
export interface Amount {
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

/** A server with the requests a second that it reaches. */
interface Warm {
  readonly runner: Runner;
  readonly rate: number;
}

/**
 * Measures the cases of one series. All its servers run side by side and take short turns, every second round
 * in reverse: a machine that becomes slower or busier meets all of them alike.
 */
export async function measureSeries(
  cases: readonly Case[],
  amount: Amount,
  laboratory: Laboratory,
  progress: Progress,
): Promise<Measurement[]> {
  await using runners = new AsyncDisposableStack();
  const warm: Warm[] = [];
  for (const each of cases) {
    try {
      const runner = runners.use(await startRunner(each, laboratory));
      const rate = await warmUp(runner, amount.warmUp, amount.warmUpLimit);
      warm.push({ runner, rate });
    } catch (error) {
      progress(`${titleOf(each)}: ${error instanceof Error ? error.message : error}`);
    }
  }
  const inTurns = await takeTurns(warm, amount);
  const measurements: Measurement[] = [];
  for (const [index, { runner, rate }] of warm.entries()) {
    const alone = await measureAlone(runner, rate, amount.alone);
    measurements.push(...inTurns.slice(index, index + 1).map((each) => ({ ...each, alone })));
  }
  return measurements;
}

async function takeTurns(
  warm: readonly Warm[],
  { rounds, turn }: Amount,
): Promise<Omit<Measurement, 'alone'>[]> {
  const all = await Promise.all(warm.map(({ runner, rate }) => Turns.begin(runner, rate)));
  for (let round = 0; round < rounds; round += 1)
    for (const each of round % 2 === 0 ? all : all.toReversed()) await each.take(turn);
  return Promise.all(all.map((each) => each.end()));
}

function titleOf({ subject, route, sampling }: Case): string {
  return `${subject.app.title}, ${route.title}, ${subject.variant.title}, sampling ${sampling}`;
}
