import type { Measurement } from './measure.ts';
import { median } from './median.ts';
import { offeredSpans } from './offered-spans.ts';
import type { Case } from './subject.ts';
import { bare } from './variants.ts';

/** The smallest and the largest of the rounds. */
export interface Spread {
  readonly min: number;
  readonly max: number;
}

/** A case over all its rounds; figures are medians, spans are sums. */
export interface Row {
  readonly app: string;
  readonly variant: string;
  /** Sampled ratio; null without telemetry. */
  readonly sampling: number | null;
  readonly rounds: number;
  readonly requests: number;
  readonly cpuMicrosPerRequest: number;
  readonly cpuSpread: Spread;
  /** Over bare in the same round. */
  readonly overheadMicros: number;
  readonly overheadSpread: Spread;
  /** Made by a sampled request. */
  readonly spansPerRequest: number;
  readonly offeredSpans: number;
  readonly exportedSpans: number;
  readonly droppedSpans: number;
  readonly startMs: number;
  readonly rssMb: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** One row a case, in the order of the cases; a case without any measurement has none. */
export function summarise(cases: readonly Case[], measurements: readonly Measurement[]): Row[] {
  const byCase = Map.groupBy(measurements, ({ of }) => of);
  return cases.flatMap((each) => {
    const own = byCase.get(each);
    return own ? [rowOf(each, own, overheadsOf(own, measurements))] : [];
  });
}

function rowOf(of: Case, own: readonly Measurement[], overheads: readonly number[]): Row {
  const { subject, sampling } = of;
  const cpu = own.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest);
  return {
    app: subject.app.name,
    variant: subject.variant.name,
    sampling,
    rounds: own.length,
    requests: sum(own.map(({ requests }) => requests)),
    cpuMicrosPerRequest: tenths(median(cpu)),
    cpuSpread: spreadOf(cpu),
    overheadMicros: tenths(median(overheads)),
    overheadSpread: spreadOf(overheads),
    ...spansOf(of, own),
    startMs: Math.round(median(own.map(({ startMillis }) => startMillis))),
    rssMb: Math.round(median(own.map(({ rssBytes }) => rssBytes / 2 ** 20))),
    p50Ms: median(own.map(({ p50Millis }) => p50Millis)),
    p99Ms: median(own.map(({ p99Millis }) => p99Millis)),
  };
}

/** Each measurement less bare's of the same app and round. */
function overheadsOf(own: readonly Measurement[], all: readonly Measurement[]): number[] {
  return own.flatMap(({ round, of, cpuMicrosPerRequest }) =>
    all
      .filter((other) => other.round === round && other.of.subject.app === of.subject.app)
      .filter((other) => other.of.subject.variant === bare)
      .map((base) => cpuMicrosPerRequest - base.cpuMicrosPerRequest),
  );
}

function spansOf({ subject, sampling }: Case, own: readonly Measurement[]) {
  const { spansPerRequest } = subject;
  const exported = sum(own.map(({ exportedSpans }) => exportedSpans));
  const offered = sum(
    own.map(({ requests, exportedSpans }) =>
      offeredSpans({ requests, spansPerRequest, sampling, exported: exportedSpans }),
    ),
  );
  return {
    spansPerRequest,
    offeredSpans: offered,
    exportedSpans: exported,
    droppedSpans: offered - exported,
  };
}

function spreadOf(values: readonly number[]): Spread {
  return { min: tenths(Math.min(...values)), max: tenths(Math.max(...values)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
