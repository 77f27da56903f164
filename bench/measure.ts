import type { LoadResult } from './load-process.ts';
import type { Runner } from './runner.ts';
import { exportDelay, type Usage } from './server-process.ts';
import type { Case } from './subject.ts';
import { bare } from './variants.ts';

/** One server under one load. */
export interface Measurement {
  /** Measurements of one series with equal rounds were made right after each other. */
  readonly round: number;
  readonly of: Case;
  readonly load: LoadResult;
  readonly cpuMicrosPerRequest: number;
  readonly exportedSpans: number;
  /** Bytes of the requests that brought the spans. */
  readonly wireBytes: number;
  readonly startMillis: number;
  /** At the end of the load. */
  readonly usage: Usage;
  /** 99th percentile of the event loop's delay at 10,000 requests a second, in milliseconds; undefined for who cannot keep it. */
  readonly pacedDelayMillis: number | undefined;
}

type Paced = Pick<Runner, 'server' | 'receiver' | 'send' | 'rate'>;

/** Requests a second at which event loops are compared: at full load they show little but the load. */
const PACE = 10_000;

// longer than the export delay: no span is under way any more
const quietMillis = exportDelay + 50;

/**
 * Reads the CPU time of a warm server around a known number of requests. The last reading is made
 * when every span has arrived: the export of every counted span is paid inside, and nothing
 * of what was before.
 */
export async function measure(
  round: number,
  { of, server, receiver, send, rate }: Runner,
  seconds: number,
): Promise<Measurement> {
  const arrivedBefore = await receiver.counts();
  const before = await server.usage({ watch: true });
  const load = await send(rate * seconds * of.route.loadFactor);
  const usage = await server.usage();
  const arrived =
    of.subject.variant === bare
      ? arrivedBefore
      : await receiver.quiet(quietMillis, arrivedBefore.spans + knownSpans(of, load.requests));
  const after = await server.usage();
  const paced = { server, receiver, send, rate };
  return {
    ...{ round, of, load, usage },
    pacedDelayMillis: round % 3 === 0 ? await pacedDelay(paced) : undefined,
    cpuMicrosPerRequest: (after.cpuMicros - before.cpuMicros) / load.requests,
    exportedSpans: arrived.spans - arrivedBefore.spans,
    wireBytes: arrived.traceBytes - arrivedBefore.traceBytes,
    startMillis: server.startMillis,
  };
}

/** For a second; most spans leave meanwhile, and the rest before anything else is measured. */
async function pacedDelay({ server, receiver, send, rate }: Paced): Promise<number | undefined> {
  if (rate < 1.2 * PACE) return undefined;
  await server.usage({ watch: true });
  await send(PACE, PACE);
  const { loopDelayMillis } = await server.usage();
  await receiver.quiet(quietMillis);
  return loopDelayMillis;
}

/** How many spans will come; infinite where chance decides. */
function knownSpans({ subject, route, sampling }: Case, requests: number): number {
  const known = sampling === 1 || subject.variant.exportsUnsampled;
  const spans = requests * (subject.spansPerRequest.get(route) ?? 0);
  return known ? spans : Number.POSITIVE_INFINITY;
}
