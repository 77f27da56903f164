import type { Receiver } from './collector-process.ts';
import type { Laboratory } from './laboratory.ts';
import type { LoadResult } from './load-process.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import type { Case } from './subject.ts';

/** A server that is started, with its load and its receiver. */
export interface Runner extends AsyncDisposable {
  readonly of: Case;
  readonly server: ServerProcess;
  readonly receiver: Receiver;
  /** Sends about so many requests, as fast as they go or so many a second. */
  send(requests: number, pace?: number): Promise<LoadResult>;
}

/** One that is compiled hot, with the requests a second that it reaches. */
export interface Warm {
  readonly runner: Runner;
  readonly rate: number;
}

const connections = 32;

/** Starts the server of a case. */
export async function startRunner(of: Case, laboratory: Laboratory): Promise<Runner> {
  await using stack = new AsyncDisposableStack();
  const { subject, route } = of;
  const receiver = stack.use(await laboratory.collector.open());
  const options = { sampling: of.sampling ?? 0 };
  const server = stack.use(await startServerProcess(subject, receiver, laboratory, options));
  const url = server.urlOf(route);
  const started = stack.move();
  return {
    ...{ of, server, receiver },
    send: (requests, pace) =>
      laboratory.load.send({ url, connections, requests: whole(requests), rate: pace }),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

function whole(requests: number): number {
  return Math.max(connections, Math.round(requests));
}

/** The requests a second that server and load generator reach together. */
export function rateOf({ requests, seconds }: LoadResult): number {
  return requests / seconds;
}
