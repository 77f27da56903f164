import type { Measurement } from './measure.ts';
import { offeredSpans } from './offered-spans.ts';
import { undisturbed } from './undisturbed.ts';
import { bare } from './variants.ts';

/** The smallest and the largest of the rounds. */
export interface Spread {
  readonly min: number;
  readonly max: number;
}

/** A case; CPU time is that of the undisturbed rounds, spans and bytes are of all rounds, other figures those of the server alone. */
export interface Row {
  readonly app: string;
  readonly route: string;
  readonly variant: string;
  /** Sampled ratio; null without telemetry. */
  readonly sampling: number | null;
  readonly rounds: number;
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly cpuMicrosPerRequest: number;
  readonly cpuSpread: Spread;
  /** Over bare in the same rounds. */
  readonly overheadMicros: number;
  /** The overhead as every other round alone gives it: how far the figure can be trusted. */
  readonly overheadSpread: Spread;
  /** Made by a sampled request. */
  readonly spansPerRequest: number;
  readonly offeredSpans: number;
  readonly exportedSpans: number;
  readonly droppedSpans: number;
  /** Bodies of the requests that brought the spans. */
  readonly wireBytes: number;
  readonly startMs: number;
  /** Files that Node loads until the server listens. */
  readonly filesLoaded: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly loopDelayP99Ms: number;
  /** At 10,000 requests a second; null for who cannot keep it. */
  readonly pacedDelayP99Ms: number | null;
  readonly nodeModulesMb: number;
  readonly packages: number;
}

/** One row a case that was measured, beside the one without telemetry. */
export function summarise(measurements: readonly Measurement[]): Row[] {
  const base = measurements.find(({ of }) => of.subject.variant === bare);
  return measurements.map((each) => rowOf(each, base));
}

function rowOf(own: Measurement, base: Measurement | undefined): Row {
  const { subject, route, sampling } = own.of;
  const overhead = (isCounted: (round: number) => boolean) =>
    undisturbed(own.cpuMicros.filter((_, round) => isCounted(round))) -
    undisturbed((base?.cpuMicros ?? []).filter((_, round) => isCounted(round)));
  const halves = [0, 1].map((half) => overhead((round) => round % 2 === half));
  return {
    app: subject.app.name,
    route: route.name,
    variant: subject.variant.name,
    sampling,
    rounds: own.cpuMicros.length,
    requests: own.requests,
    cpuMicrosPerRequest: rounded(undisturbed(own.cpuMicros), 1),
    cpuSpread: spreadOf(own.cpuMicros),
    overheadMicros: rounded(
      overhead(() => true),
      1,
    ),
    overheadSpread: spreadOf(halves.filter((each) => !Number.isNaN(each))),
    ...spansOf(own),
    ...processOf(own),
  };
}

function processOf({
  of: { subject },
  startMillis,
  alone: { load, usage, pacedDelayMillis },
}: Measurement) {
  return {
    requestsPerSecond: Math.round(load.requests / load.seconds),
    startMs: Math.round(startMillis),
    filesLoaded: subject.filesLoaded,
    rssMb: Math.round(usage.rssBytes / 2 ** 20),
    heapMb: Math.round(usage.heapBytes / 2 ** 20),
    p50Ms: rounded(load.p50Millis, 2),
    p99Ms: rounded(load.p99Millis, 2),
    loopDelayP99Ms: rounded(usage.loopDelayMillis, 2),
    pacedDelayP99Ms: pacedDelayMillis === undefined ? null : rounded(pacedDelayMillis, 2),
    nodeModulesMb: subject.size.megabytes,
    packages: subject.size.packages,
  };
}

function spansOf({
  of: { subject, route, sampling },
  requests,
  exportedSpans,
  wireBytes,
}: Measurement) {
  const spansPerRequest = subject.spansPerRequest.get(route) ?? 0;
  const ratio = subject.variant.exportsUnsampled ? 1 : sampling;
  const account = { requests, spansPerRequest, sampling: ratio, exported: exportedSpans };
  const offered = offeredSpans(account);
  return {
    spansPerRequest,
    offeredSpans: offered,
    exportedSpans,
    droppedSpans: offered - exportedSpans,
    wireBytes,
  };
}

function spreadOf(values: readonly number[]): Spread {
  return { min: rounded(Math.min(...values), 1), max: rounded(Math.max(...values), 1) };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
