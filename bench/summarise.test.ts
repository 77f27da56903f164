import { expect, it } from 'vitest';
import { type App, apps } from './apps.ts';
import type { Measurement } from './measure.ts';
import { hello } from './routes.ts';
import type { Case } from './subject.ts';
import { type Row, summarise } from './summarise.ts';
import { bare, datadog, ours, type Variant } from './variants.ts';

function caseOf(variant: Variant, sampling: number | null): Case {
  const subject = {
    app: apps[0] as App,
    variant,
    folder: '',
    size: { packages: 1, megabytes: 1 },
    spansPerRequest: new Map([[hello, 2]]),
    filesLoaded: 3,
  };
  return { subject, route: hello, sampling };
}

function measured(of: Case, round: number, cpuMicros: number, spans: number): Measurement {
  return {
    ...{ of, round, exportedSpans: spans },
    cpuMicrosPerRequest: cpuMicros,
    load: { requests: 1000, failed: 0, seconds: 0.5, p50Millis: 1, p99Millis: 2 },
    usage: { cpuMicros: 0, rssBytes: 2 ** 20, heapBytes: 2 ** 20, loopDelayMillis: 0 },
    wireBytes: spans * 100,
    startMillis: 40,
    pacedDelayMillis: undefined,
  };
}

const base = caseOf(bare, null);

function rowOf(of: Case, measurements: Measurement[]): Row {
  const [row] = summarise([of], measurements);
  if (!row) throw new Error('no row');
  return row;
}

it('takes the overhead over bare from the rounds that nobody disturbed', () => {
  const own = caseOf(ours, 1);
  // the second and the last round met a busier machine
  const cpu = [
    [10, 15],
    [100, 107],
    [12, 19],
    [13, 90],
  ];
  const all = cpu.flatMap(([of = 0, with_ = 0], round) => [
    measured(base, round, of, 0),
    measured(own, round, with_, 2000),
  ]);
  const row = rowOf(own, all);
  expect(row).toMatchObject({ cpuMicrosPerRequest: 17, overheadMicros: 6, rounds: 4 });
  expect(row.overheadSpread).toEqual({ min: 5, max: 77 }); // of the rounds 0 and 2, 1 and 3
  expect(row).toMatchObject({ offeredSpans: 8000, exportedSpans: 8000, droppedSpans: 0 });
  expect(row).toMatchObject({ wireBytes: 800_000, requestsPerSecond: 2000 });
});

it('counts as dropped what was sampled and did not arrive', () => {
  const own = caseOf(ours, 1);
  const row = rowOf(own, [measured(base, 0, 10, 0), measured(own, 0, 12, 1500)]);
  expect(row).toMatchObject({ offeredSpans: 2000, exportedSpans: 1500, droppedSpans: 500 });
});

it('expects every span of a variant that exports what is not sampled', () => {
  const own = caseOf(datadog, 0.01);
  const row = rowOf(own, [measured(base, 0, 10, 0), measured(own, 0, 12, 1990)]);
  expect(row).toMatchObject({ offeredSpans: 2000, droppedSpans: 10 });
});

it('leaves out a case that could not be measured', () => {
  expect(summarise([base, caseOf(ours, 1)], [measured(base, 0, 10, 0)])).toHaveLength(1);
});
