import type { LoadResult } from './load-process.ts';
import { type Runner, rateOf, type Warm } from './runner.ts';
import { quietMillis, type Usage } from './server-process.ts';

/** A server under full load while the others wait, and at a pace. */
export interface Alone {
  readonly load: LoadResult;
  /** At the end of the load. */
  readonly usage: Usage;
  /** 99th percentile of the event loop's delay at 10,000 requests a second, in milliseconds; undefined for who cannot keep it. */
  readonly pacedDelayMillis: number | undefined;
}

/** Requests a second at which event loops are compared: at full load they show little but the load. */
const PACE = 10_000;

/** Latency, memory and the event loop, which servers that take turns would blur. */
export async function measureAlone({ runner, rate }: Warm, seconds: number): Promise<Alone> {
  const { server, receiver, send, of } = runner;
  await server.usage({ watch: true });
  const load = await send(rate * seconds * of.route.loadFactor);
  const usage = await server.usage();
  await receiver.quiet(quietMillis);
  return { load, usage, pacedDelayMillis: await pacedDelay(runner, rateOf(load)) };
}

/** For a second; most spans leave meanwhile, and the rest before anything else is measured. */
async function pacedDelay(runner: Runner, rate: number): Promise<number | undefined> {
  const { server, receiver, send } = runner;
  if (rate < 1.2 * PACE) return undefined;
  await server.usage({ watch: true });
  await send(PACE, PACE);
  const { loopDelayMillis } = await server.usage();
  await receiver.quiet(quietMillis);
  return loopDelayMillis;
}
