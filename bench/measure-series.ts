import type { Progress } from '../tools/progress-step.ts';
import type { Laboratory } from './laboratory.ts';
import { type Measurement, Turns } from './measure.ts';
import { measureAlone } from './measure-alone.ts';
import { measureStarts } from './measure-starts.ts';
import { startServers, type WarmUp } from './start-servers.ts';
import type { Case } from './subject.ts';

/** How much is measured. */
export interface Amount extends WarmUp {
  /** Servers that are started of each case: equal processes differ by some microseconds a request. */
  readonly processes: number;
  /** Turns of each server. */
  readonly rounds: number;
  /** Seconds of load in a turn, about; more where the route says so. */
  readonly turn: number;
  /** Seconds of load of each server alone. */
  readonly alone: number;
}

/**
 * Measures the cases of one series. All its servers run side by side and take short turns: a machine that becomes slower
 * or busier meets all of them alike. What fails is said and left out; the others go on.
 */
export async function measureSeries(
  cases: readonly Case[],
  amount: Amount,
  laboratory: Laboratory,
  progress: Progress,
): Promise<Measurement[]> {
  await using stack = new AsyncDisposableStack();
  const all = cases.flatMap((each) => Array<Case>(amount.processes).fill(each));
  const begun = await startServers(all, amount, laboratory, (of, start) =>
    unlessItFails(of, progress, async () => Turns.begin(await start(of, stack))),
  );
  const running = await takeTurns(begun.flat(), amount, progress);
  const measurements: Measurement[] = [];
  for (const [of, own] of Map.groupBy(running, ({ server }) => server.runner.of)) {
    const read = () => resultOf(of, own, amount, laboratory);
    measurements.push(...(await unlessItFails(of, progress, read)));
  }
  return measurements;
}

/** Resolves with those that took all their turns. */
async function takeTurns(
  all: readonly Turns[],
  { rounds, turn }: Amount,
  progress: Progress,
): Promise<Turns[]> {
  let running = [...all];
  for (let round = 0; round < rounds; round += 1) {
    running = await takeRound(running, turn, progress);
  }
  return running;
}

/** One turn of each; those that fail are left out. */
async function takeRound(
  running: readonly Turns[],
  turn: number,
  progress: Progress,
): Promise<Turns[]> {
  const still: Turns[] = [];
  for (const each of running) {
    const take = async () => {
      await each.take(turn);
      return each;
    };
    still.push(...(await unlessItFails(each.server.runner.of, progress, take)));
  }
  return still;
}

/** Of the servers of one case. */
async function resultOf(
  of: Case,
  own: readonly Turns[],
  { alone }: Amount,
  laboratory: Laboratory,
): Promise<Measurement> {
  const processes = await Promise.all(own.map((each) => each.end()));
  const [first] = own;
  if (!first) throw new Error('none of its servers took all their turns');
  return {
    ...{ of, processes },
    alone: await measureAlone(first.server, alone),
    startMillis: await measureStarts(of, own.length, laboratory),
  };
}

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
