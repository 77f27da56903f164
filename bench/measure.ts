import { setTimeout as delay } from 'node:timers/promises';
import type { CollectorCounts } from './collector-process.ts';
import type { LoadResult } from './load-process.ts';
import { type Runner, rateOf, type Warm } from './runner.ts';
import { exportDelay, type Usage } from './server-process.ts';
import type { Case } from './subject.ts';
import { bare } from './variants.ts';

/** The servers of a case over all rounds, and one of them alone. */
export interface Measurement {
  readonly of: Case;
  readonly processes: readonly ProcessRounds[];
  readonly alone: Alone;
}

/** One server over all rounds. */
export interface ProcessRounds {
  /** CPU microseconds a request of each round. */
  readonly cpuMicros: readonly number[];
  /** In all rounds. */
  readonly requests: number;
  readonly exportedSpans: number;
  /** Bytes of the requests that brought the spans. */
  readonly wireBytes: number;
  readonly startMillis: number;
}

/** A server under full load while the others wait, and at a pace. */
export interface Alone {
  readonly load: LoadResult;
  /** At the end of the load. */
  readonly usage: Usage;
  /** 99th percentile of the event loop's delay at 10,000 requests a second, in milliseconds; undefined for who cannot keep it. */
  readonly pacedDelayMillis: number | undefined;
}

/** One load, and what the server used for it. */
interface Turn {
  readonly requests: number;
  readonly cpuMicros: Promise<number>;
}

/** Requests a second at which event loops are compared: at full load they show little but the load. */
const PACE = 10_000;

// longer than the export delay: no span is under way any more
const quietMillis = exportDelay + 50;

/**
 * Counts what a warm server uses in its turns, and while the spans of a turn leave: the export of every counted span is
 * paid, and nothing of what was before. Waiting for its next turn is not counted: V8 tidies up the heap of an idle process.
 */
export class Turns {
  readonly server: Warm;
  readonly #arrivedBefore: CollectorCounts;
  readonly #turns: Turn[] = [];

  private constructor(server: Warm, arrivedBefore: CollectorCounts) {
    this.server = server;
    this.#arrivedBefore = arrivedBefore;
  }

  /** When nothing of the warm-up is under way any more. */
  static async begin(server: Warm): Promise<Turns> {
    return new Turns(server, await server.runner.receiver.quiet(quietMillis));
  }

  /** About so many seconds of load; what leaves after it does so in the next server's turn. */
  async take(seconds: number): Promise<void> {
    const { server, send, of } = this.server.runner;
    await this.#turns.at(-1)?.cpuMicros;
    const before = await server.usage();
    const { requests } = await send(this.server.rate * seconds * of.route.loadFactor);
    const after = delay(quietMillis).then(() => server.usage());
    const cpuMicros = after.then((usage) => usage.cpuMicros - before.cpuMicros);
    cpuMicros.catch(() => {}); // told at the next turn, or at the end
    this.#turns.push({ requests, cpuMicros });
  }

  /** Waits for the last spans and reads the result. */
  async end(): Promise<ProcessRounds> {
    const { of, server, receiver } = this.server.runner;
    const requests = this.#turns.reduce((sum, turn) => sum + turn.requests, 0);
    const known = this.#arrivedBefore.spans + knownSpans(of, requests);
    const arrived = await receiver.quiet(quietMillis, known);
    const costs = this.#turns.map(async (turn) => (await turn.cpuMicros) / turn.requests);
    return {
      cpuMicros: await Promise.all(costs),
      requests,
      exportedSpans: arrived.spans - this.#arrivedBefore.spans,
      wireBytes: arrived.traceBytes - this.#arrivedBefore.traceBytes,
      startMillis: server.startMillis,
    };
  }
}

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

/** How many spans will come; infinite where chance decides. */
function knownSpans({ subject, route, sampling }: Case, requests: number): number {
  if (subject.variant === bare) return 0;
  const known = sampling === 1 || subject.variant.exportsUnsampled;
  const spans = requests * (subject.spansPerRequest.get(route) ?? 0);
  return known ? spans : Number.POSITIVE_INFINITY;
}
