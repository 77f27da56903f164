import type { Receiver } from './collector-process.ts';
import type { OnCore } from './cores.ts';
import type { Laboratory } from './laboratory.ts';
import type { LoadProcess, LoadResult } from './load-process.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import type { Case } from './subject.ts';

/** A server that is started, with its load and its receiver. */
export interface Runner {
  readonly of: Case;
  readonly server: ServerProcess;
  readonly receiver: Receiver;
  /** Sends about so many requests, as fast as they go or so many a second. */
  send(requests: number, pace?: number): Promise<LoadResult>;
  /** The same under another load. */
  under(load: LoadProcess): Runner;
}

/** One that is compiled hot, with the requests a second that it reaches. */
export interface Warm {
  readonly runner: Runner;
  readonly rate: number;
}

/** Where a server is started and warmed up. */
export interface Place {
  readonly onCore: OnCore;
  readonly load: LoadProcess;
}

const connections = 32;

/** Starts the server of a case; the stack ends it. */
export async function startRunner(
  of: Case,
  laboratory: Laboratory,
  { onCore, load }: Place,
  stack: AsyncDisposableStack,
): Promise<Runner> {
  const receiver = stack.use(await laboratory.collector.open());
  const options = { sampling: of.sampling ?? 0, onCore };
  const server = stack.use(await startServerProcess(of.subject, receiver, laboratory, options));
  return runnerUnder(load, of, server, receiver);
}

function runnerUnder(
  load: LoadProcess,
  of: Case,
  server: ServerProcess,
  receiver: Receiver,
): Runner {
  const url = server.urlOf(of.route);
  return {
    ...{ of, server, receiver },
    send: (requests, rate) => load.send({ url, connections, requests: whole(requests), rate }),
    under: (other) => runnerUnder(other, of, server, receiver),
  };
}

function whole(requests: number): number {
  return Math.max(connections, Math.round(requests));
}

/** The requests a second that server and load generator reach together. */
export function rateOf({ requests, seconds }: LoadResult): number {
  return requests / seconds;
}
