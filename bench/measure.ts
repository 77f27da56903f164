import { setTimeout as delay } from 'node:timers/promises';
import type { CollectorCounts } from './collector-process.ts';
import type { Alone } from './measure-alone.ts';
import type { Warm } from './runner.ts';
import { quietMillis } from './server-process.ts';
import type { Case } from './subject.ts';
import { bare } from './variants.ts';

/** The servers of a case over all rounds, one of them alone, and how long they take to start alone. */
export interface Measurement {
  readonly of: Case;
  readonly processes: readonly ProcessRounds[];
  readonly alone: Alone;
  /** Milliseconds from the start of the process to its listening, of each. */
  readonly startMillis: readonly number[];
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
}

/** One load, and what the server used for it. */
interface Turn {
  readonly requests: number;
  readonly cpuMicros: Promise<number>;
}

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

  /** CPU microseconds a request of each turn; those of the last one once its spans have left. */
  #costs(): Promise<number[]> {
    return Promise.all(
      this.#turns.map(async ({ cpuMicros, requests }) => (await cpuMicros) / requests),
    );
  }

  /** Waits for the last spans and reads the result. */
  async end(): Promise<ProcessRounds> {
    const { of, receiver } = this.server.runner;
    const requests = this.#turns.reduce((sum, turn) => sum + turn.requests, 0);
    const known = this.#arrivedBefore.spans + knownSpans(of, requests);
    const arrived = await receiver.quiet(quietMillis, known);
    return {
      cpuMicros: await this.#costs(),
      requests,
      exportedSpans: arrived.spans - this.#arrivedBefore.spans,
      wireBytes: arrived.traceBytes - this.#arrivedBefore.traceBytes,
    };
  }
}

/** How many spans will come; infinite where chance decides. */
function knownSpans({ subject, route, sampling }: Case, requests: number): number {
  if (subject.variant === bare) return 0;
  const known = sampling === 1 || subject.variant.exportsUnsampled;
  const spans = requests * (subject.spansPerRequest.get(route) ?? 0);
  return known ? spans : Number.POSITIVE_INFINITY;
}
