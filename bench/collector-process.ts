import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { OnCore } from './cores.ts';
import { type HelperProcess, startHelper } from './helper-process.ts';

/** What has arrived at a receiver so far. */
export interface CollectorCounts {
  spans: number;
  traceRequests: number;
  /** Bodies of requests with spans, as they came. */
  traceBytes: number;
  metricRequests: number;
}

/** The collector, which runs in a process of its own. */
export interface CollectorProcess extends AsyncDisposable {
  /** A place to send to, for one server. */
  open(): Promise<Receiver>;
}

/** Takes and counts what one server sends. */
export interface Receiver extends AsyncDisposable {
  /** Of OTLP over HTTP, and of a Datadog agent. */
  readonly url: string;
  /** Of an agent's metrics over UDP. */
  readonly statsdPort: number;
  counts(): Promise<CollectorCounts>;
  /** Resolves with the counts when no more spans have come for so long, in milliseconds, or `enough` are there. */
  quiet(millis: number, enough?: number): Promise<CollectorCounts>;
}

/** A message to `collector.ts`; receivers are named by their port. */
export interface Question {
  readonly open?: true;
  readonly count?: number;
  readonly close?: number;
}

/** Its answer to `open`. */
export interface ReceiverPorts {
  readonly port: number;
  readonly statsdPort: number;
}

/** Spans that have not come by then are lost. */
const PATIENCE = 20_000;

const program = fileURLToPath(new URL('./collector.ts', import.meta.url));

/** Starts `collector.ts` on the given cores. */
export function startCollectorProcess(onCore: OnCore): CollectorProcess {
  const helper = startHelper(onCore([process.execPath, program]));
  return {
    open: () => openReceiver(helper),
    [Symbol.asyncDispose]: () => helper[Symbol.asyncDispose](),
  };
}

async function openReceiver(helper: HelperProcess): Promise<Receiver> {
  const ask = (question: Question) => helper.ask(question);
  const { port, statsdPort } = (await ask({ open: true })) as ReceiverPorts;
  const counts = async () => (await ask({ count: port })) as CollectorCounts;
  return {
    url: `http://127.0.0.1:${port}`,
    statsdPort,
    counts,
    quiet: (millis, enough) => quiet(counts, millis, enough),
    async [Symbol.asyncDispose]() {
      await ask({ close: port });
    },
  };
}

async function quiet(
  counts: () => Promise<CollectorCounts>,
  millis: number,
  enough = Number.POSITIVE_INFINITY,
): Promise<CollectorCounts> {
  const limit = performance.now() + PATIENCE;
  let last = await counts();
  for (let since = performance.now(); performance.now() - since < millis; ) {
    if (last.spans >= enough || performance.now() > limit) return last;
    await delay(20);
    const now = await counts();
    if (now.spans > last.spans) since = performance.now();
    last = now;
  }
  return last;
}
