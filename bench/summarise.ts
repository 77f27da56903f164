import type { Measurement } from './measure.ts';
import { median } from './median.ts';
import { offeredSpans } from './offered-spans.ts';
import type { Case } from './subject.ts';
import { undisturbed } from './undisturbed.ts';
import { bare } from './variants.ts';

/** The smallest and the largest of the rounds. */
export interface Spread {
  readonly min: number;
  readonly max: number;
}

/** A case over all its rounds; CPU time is that of the undisturbed rounds, other figures are medians, spans and bytes are sums. */
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

/** One row a case, in the order of the cases; a case without any measurement has none. */
export function summarise(cases: readonly Case[], measurements: readonly Measurement[]): Row[] {
  const byCase = Map.groupBy(measurements, ({ of }) => of);
  return cases.flatMap((each) => {
    const own = byCase.get(each);
    return own ? [rowOf(each, own, measurements)] : [];
  });
}

function rowOf(of: Case, own: readonly Measurement[], all: readonly Measurement[]): Row {
  const { subject, route, sampling } = of;
  const cpu = own.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest);
  const halves = [0, 1].map((half) => overheadOf(own.filter(isOf(half)), all.filter(isOf(half))));
  return {
    app: subject.app.name,
    route: route.name,
    variant: subject.variant.name,
    sampling,
    rounds: own.length,
    requests: sum(own.map(({ load }) => load.requests)),
    requestsPerSecond: Math.round(median(own.map(({ load }) => load.requests / load.seconds))),
    cpuMicrosPerRequest: rounded(undisturbed(cpu), 1),
    cpuSpread: spreadOf(cpu),
    overheadMicros: rounded(overheadOf(own, all), 1),
    overheadSpread: spreadOf(halves.filter((overhead) => !Number.isNaN(overhead))),
    ...spansOf(of, own),
    ...processOf(of, own),
  };
}

function processOf({ subject }: Case, own: readonly Measurement[]) {
  return {
    startMs: Math.round(median(own.map(({ startMillis }) => startMillis))),
    filesLoaded: subject.filesLoaded,
    rssMb: Math.round(median(own.map(({ usage }) => usage.rssBytes / 2 ** 20))),
    heapMb: Math.round(median(own.map(({ usage }) => usage.heapBytes / 2 ** 20))),
    p50Ms: rounded(median(own.map(({ load }) => load.p50Millis)), 2),
    p99Ms: rounded(median(own.map(({ load }) => load.p99Millis)), 2),
    loopDelayP99Ms: rounded(median(own.map(({ usage }) => usage.loopDelayMillis)), 2),
    pacedDelayP99Ms: pacedDelayOf(own),
    nodeModulesMb: subject.size.megabytes,
    packages: subject.size.packages,
  };
}

function pacedDelayOf(own: readonly Measurement[]): number | null {
  const delays = own.flatMap(({ pacedDelayMillis }) => pacedDelayMillis ?? []);
  return delays.length > 0 ? rounded(median(delays), 2) : null;
}

/** What it takes over bare, in the rounds that both have. */
function overheadOf(own: readonly Measurement[], all: readonly Measurement[]): number {
  const rounds = new Set(own.map(({ round }) => round));
  const base = all.filter(({ of, round }) => of.subject.variant === bare && rounds.has(round));
  return undisturbedCpu(own) - undisturbedCpu(base);
}

function undisturbedCpu(measurements: readonly Measurement[]): number {
  return undisturbed(measurements.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest));
}

function isOf(half: number): (measurement: Measurement) => boolean {
  return ({ round }) => round % 2 === half;
}

function spansOf({ subject, route, sampling }: Case, own: readonly Measurement[]) {
  const spansPerRequest = subject.spansPerRequest.get(route) ?? 0;
  const ratio = subject.variant.exportsUnsampled ? 1 : sampling;
  const exported = sum(own.map(({ exportedSpans }) => exportedSpans));
  const offered = sum(
    own.map(({ load: { requests }, exportedSpans }) =>
      offeredSpans({ requests, spansPerRequest, sampling: ratio, exported: exportedSpans }),
    ),
  );
  return {
    spansPerRequest,
    offeredSpans: offered,
    exportedSpans: exported,
    droppedSpans: offered - exported,
    wireBytes: sum(own.map(({ wireBytes }) => wireBytes)),
  };
}

function spreadOf(values: readonly number[]): Spread {
  return { min: rounded(Math.min(...values), 1), max: rounded(Math.max(...values), 1) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
