import type { Laboratory } from './laboratory.ts';
import type { Runner } from './runner.ts';
import { exportDelay } from './server-process.ts';
import type { Case } from './subject.ts';
import { bare } from './variants.ts';

/** One server under one load. */
export interface Measurement {
  /** Measurements of one app with equal rounds were made right after each other. */
  readonly round: number;
  readonly of: Case;
  readonly requests: number;
  readonly cpuMicrosPerRequest: number;
  readonly exportedSpans: number;
  readonly startMillis: number;
  readonly rssBytes: number;
  readonly p50Millis: number;
  readonly p99Millis: number;
}

// longer than the export delay: no span is under way any more
const quietMillis = exportDelay + 200;

/**
 * Reads the CPU time of a warm server around a known number of requests. The last reading is made
 * when the collector has become quiet: the export of every counted span is paid inside, and nothing
 * of what was before.
 */
export async function measure(
  round: number,
  { of, server, send, rate }: Runner,
  seconds: number,
  { collector }: Laboratory,
): Promise<Measurement> {
  const settle = () =>
    of.subject.variant === bare ? collector.counts() : collector.quiet(quietMillis);
  const spansBefore = (await collector.counts()).spans;
  const before = await server.usage();
  const { requests, p50Millis, p99Millis } = await send(rate * seconds);
  const { rssBytes } = await server.usage();
  const spansAfter = (await settle()).spans;
  const after = await server.usage();
  return {
    round,
    of,
    requests,
    cpuMicrosPerRequest: (after.cpuMicros - before.cpuMicros) / requests,
    exportedSpans: spansAfter - spansBefore,
    startMillis: server.startMillis,
    rssBytes,
    p50Millis,
    p99Millis,
  };
}
