import type { Laboratory } from './laboratory.ts';
import { startLoadProcess } from './load-process.ts';
import { type Place, startRunner, type Warm } from './runner.ts';
import type { Case } from './subject.ts';
import { warmUp } from './warm-up.ts';

/** How long servers are warmed up. */
export interface WarmUp {
  /** Requests to each server before the first round. */
  readonly warmUp: number;
  /** Seconds after which the warm-up ends in any case. */
  readonly warmUpLimit: number;
}

/** Starts one server and warms it up; the stack ends it. */
export type StartWarm = (of: Case, stack: AsyncDisposableStack) => Promise<Warm>;

/**
 * Starts the servers of a series and warms them up, two at a time where a processor is idle meanwhile: that one's are moved
 * to the others then. Resolves in the order of the cases.
 */
export async function startServers<T>(
  cases: readonly Case[],
  amount: WarmUp,
  laboratory: Laboratory,
  begin: (of: Case, start: StartWarm) => Promise<T>,
): Promise<T[]> {
  const { cores, load } = laboratory;
  await using spareLoad = cores.spare && startLoadProcess(cores.spare.on);
  const started: T[] = [];
  const waiting = cases.entries();

  async function startAt(place: Place): Promise<void> {
    for (const [index, of] of waiting) {
      started[index] = await begin(of, startWarmAt(place, amount, laboratory));
    }
  }

  const places = [startAt({ onCore: cores.onServerCore, load })];
  if (cores.spare && spareLoad) places.push(startAt({ onCore: cores.spare.on, load: spareLoad }));
  await Promise.all(places);
  return started;
}

function startWarmAt(
  place: Place,
  { warmUp: requests, warmUpLimit }: WarmUp,
  laboratory: Laboratory,
): StartWarm {
  return async (of, stack) => {
    const runner = await startRunner(of, laboratory, place, stack);
    const rate = await warmUp(runner, requests, warmUpLimit);
    if (place.load === laboratory.load) return { runner, rate };
    laboratory.cores.spare?.bring(runner.server.pid);
    return { runner: runner.under(laboratory.load), rate };
  };
}
