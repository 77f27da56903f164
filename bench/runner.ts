import type { Receiver } from './collector-process.ts';
import type { Laboratory } from './laboratory.ts';
import type { LoadResult } from './load-process.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import type { Case } from './subject.ts';

/** A server that is compiled hot; what it exports of that may still be under way. */
export interface Runner extends AsyncDisposable {
  readonly of: Case;
  readonly server: ServerProcess;
  readonly receiver: Receiver;
  /** Sends about so many requests, as fast as they go or so many a second. */
  send(requests: number, pace?: number): Promise<LoadResult>;
  /** The requests a second that server and load generator reach together. */
  readonly rate: number;
}

const connections = 32;
/** Seconds; whoever is slow is warm after fewer requests. */
const longestWarmUp = 2;

/** Starts the server of a case and sends so many requests that nothing of what is measured is still interpreted. */
export async function startRunner(
  of: Case,
  warmUp: number,
  laboratory: Laboratory,
): Promise<Runner> {
  await using stack = new AsyncDisposableStack();
  const { subject, route } = of;
  const receiver = stack.use(await laboratory.collector.open());
  const options = { sampling: of.sampling ?? 0 };
  const server = stack.use(await startServerProcess(subject, receiver, laboratory, options));
  const send = (requests: number, pace?: number) => {
    const whole = Math.max(connections, Math.round(requests));
    const url = server.urlOf(route);
    return laboratory.load.send({ url, connections, requests: whole, rate: pace });
  };
  const first = await send(warmUp / 10);
  await send(Math.min(warmUp * 0.6, rateOf(first) * longestWarmUp));
  const last = await send(Math.min(warmUp * 0.3, rateOf(first) * longestWarmUp));
  const started = stack.move();
  return {
    ...{ of, server, receiver, send },
    rate: rateOf(last),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

function rateOf({ requests, seconds }: LoadResult): number {
  return requests / seconds;
}
