import type { Laboratory } from './laboratory.ts';
import type { LoadResult } from './load-process.ts';
import { exportDelay, type ServerProcess, startServerProcess } from './server-process.ts';
import type { Case } from './subject.ts';

/** A server that is compiled hot and idle. */
export interface Runner extends AsyncDisposable {
  readonly of: Case;
  readonly server: ServerProcess;
  /** Sends about so many requests. */
  send(requests: number): Promise<LoadResult>;
  /** The requests a second that server and load generator reach together. */
  readonly rate: number;
}

const connections = 32;

/** Starts the server of a case and sends so many requests that nothing of what is measured is still interpreted. */
export async function startRunner(
  of: Case,
  warmUp: number,
  { cores, collector, load }: Laboratory,
): Promise<Runner> {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await startServerProcess(of, collector.url, cores.onServerCore));
  const send = (requests: number) => {
    const whole = Math.max(connections, Math.round(requests));
    return load.send({ url: server.url, connections, requests: whole });
  };
  await send(warmUp / 2);
  const { requests, seconds } = await send(warmUp / 2);
  await collector.quiet(exportDelay + 200);
  const started = stack.move();
  return {
    of,
    server,
    send,
    rate: requests / seconds,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
