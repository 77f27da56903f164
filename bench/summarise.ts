import type { Measurement } from './measure.ts';
import { median } from './median.ts';
import { offeredSpans } from './offered-spans.ts';
import { undisturbed } from './undisturbed.ts';
import { bare } from './variants.ts';

/** The smallest and the largest of the rounds. */
export interface Spread {
  readonly min: number;
  readonly max: number;
}

/** A case; CPU time is that of the undisturbed rounds, spans and bytes are of all rounds, latency, memory and loop those of one server alone. */
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
  /** Over bare. */
  readonly overheadMicros: number;
  /** The overhead as each process alone gives it, or where there is one, every other round: how far the figure can be trusted. */
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
  const bareMicros = base ? cpuOf(base.processes) : Number.NaN;
  const rounds = own.processes.flatMap(({ cpuMicros }) => cpuMicros);
  return {
    app: subject.app.name,
    route: route.name,
    variant: subject.variant.name,
    sampling,
    rounds: rounds.length,
    requests: sum(own.processes.map(({ requests }) => requests)),
    cpuMicrosPerRequest: rounded(cpuOf(own.processes), 1),
    cpuSpread: spreadOf(rounds),
    overheadMicros: rounded(cpuOf(own.processes) - bareMicros, 1),
    overheadSpread: spreadOf(partsOf(own).map((part) => cpuOf(part) - bareMicros)),
    ...spansOf(own),
    ...processOf(own),
  };
}

/** Of the undisturbed rounds of all processes together. */
function cpuOf(processes: Measurement['processes']): number {
  return undisturbed(processes.flatMap(({ cpuMicros }) => cpuMicros));
}

/** Each process alone; of a single one every other round. */
function partsOf({ processes }: Measurement): Measurement['processes'][] {
  const [only, ...more] = processes;
  if (!only || more.length > 0) return processes.map((process) => [process]);
  return [0, 1].flatMap((half) => {
    const cpuMicros = only.cpuMicros.filter((_, round) => round % 2 === half);
    return cpuMicros.length > 0 ? [[{ ...only, cpuMicros }]] : [];
  });
}

function processOf({ of: { subject }, alone, startMillis }: Measurement) {
  const { load, usage, pacedDelayMillis } = alone;
  return {
    requestsPerSecond: Math.round(load.requests / load.seconds),
    startMs: Math.round(median(startMillis)),
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

function spansOf({ of: { subject, route, sampling }, processes }: Measurement) {
  const spansPerRequest = subject.spansPerRequest.get(route) ?? 0;
  const ratio = subject.variant.exportsUnsampled ? 1 : sampling;
  const exported = sum(processes.map(({ exportedSpans }) => exportedSpans));
  const offered = sum(
    processes.map(({ requests, exportedSpans }) =>
      offeredSpans({ requests, spansPerRequest, sampling: ratio, exported: exportedSpans }),
    ),
  );
  return {
    spansPerRequest,
    offeredSpans: offered,
    exportedSpans: exported,
    droppedSpans: offered - exported,
    wireBytes: sum(processes.map(({ wireBytes }) => wireBytes)),
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
