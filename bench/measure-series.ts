import type { Progress } from '../tools/progress-step.ts';
import type { Laboratory } from './laboratory.ts';
import { type Measurement, measure } from './measure.ts';
import { type Runner, startRunner } from './runner.ts';
import { exportDelay } from './server-process.ts';
import type { Case } from './subject.ts';

/** How much is measured. */
export interface Amount {
  /** How often all servers are started anew. */
  readonly sittings: number;
  /** Measurements of each server in a sitting. */
  readonly rounds: number;
  /** Requests before the first measurement. */
  readonly warmUp: number;
  /** Seconds under load in a measurement, about; more where the route says so. */
  readonly load: number;
}

/**
 * Measures the cases of one series. All its servers run side by side and take turns, every second round
 * in reverse: a machine that becomes slower or busier meets all of them alike.
 */
export async function measureSeries(
  cases: readonly Case[],
  amount: Amount,
  laboratory: Laboratory,
  progress: Progress,
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (let sitting = 0; sitting < amount.sittings; sitting += 1) {
    await using runners = new AsyncDisposableStack();
    const started = await startRunners(cases);
    for (const runner of started) runners.use(runner);
    await Promise.all(started.map(({ receiver }) => receiver.quiet(exportDelay + 100)));
    for (let round = 0; round < amount.rounds; round += 1) {
      const inTurn = round % 2 === 0 ? started : started.toReversed();
      await measureRound(sitting * amount.rounds + round, inTurn);
    }
  }
  return measurements;

  async function startRunners(all: readonly Case[]): Promise<Runner[]> {
    const runners: Runner[] = [];
    for (const each of all) {
      const start = () => startRunner(each, amount.warmUp, laboratory);
      runners.push(...(await unlessItFails(each, progress, start)));
    }
    return runners;
  }

  async function measureRound(round: number, runners: readonly Runner[]): Promise<void> {
    for (const runner of runners) {
      const once = () => measure(round, runner, amount.load);
      measurements.push(...(await unlessItFails(runner.of, progress, once)));
    }
  }
}

/** A measurement that fails is said and left out; the others go on. */
async function unlessItFails<T>(
  { subject, route, sampling }: Case,
  progress: Progress,
  work: () => Promise<T>,
): Promise<T[]> {
  try {
    return [await work()];
  } catch (error) {
    const title = `${subject.app.title}, ${route.title}, ${subject.variant.title}, sampling ${sampling}`;
    progress(`${title}: ${error instanceof Error ? error.message : error}`);
    return [];
  }
}
