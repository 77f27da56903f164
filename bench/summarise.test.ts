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

/** One process a list of rounds. */
function measured(of: Case, processes: number[][], spans: number): Measurement {
  return {
    of,
    processes: processes.map((cpuMicros) => ({
      ...{ cpuMicros, requests: 1000, exportedSpans: spans },
      wireBytes: spans * 100,
    })),
    alone: {
      load: { requests: 1000, failed: 0, seconds: 0.5, p50Millis: 1, p99Millis: 2 },
      usage: { cpuMicros: 0, rssBytes: 2 ** 20, heapBytes: 2 ** 20, loopDelayMillis: 0 },
      pacedDelayMillis: undefined,
    },
    startMillis: [40],
  };
}

const base = caseOf(bare, null);

function rowBesideBare(own: Measurement): Row {
  const [, row] = summarise([measured(base, [[10]], 0), own]);
  if (!row) throw new Error('no row');
  return row;
}

it('takes the overhead over bare from the rounds that nobody disturbed', () => {
  // the second and the last round met a busier machine
  const [, row] = summarise([
    measured(base, [[10, 100, 12, 13, 14, 15, 16, 17, 18, 19]], 0),
    measured(caseOf(ours, 1), [[15, 107, 19, 90, 21, 22, 23, 24, 25, 26]], 2000),
  ]);
  expect(row).toMatchObject({ cpuMicrosPerRequest: 17, overheadMicros: 6, rounds: 10 });
  expect(row?.overheadSpread).toEqual({ min: 4, max: 11 }); // of the even rounds, and of the odd
  expect(row).toMatchObject({ offeredSpans: 2000, exportedSpans: 2000, droppedSpans: 0 });
  expect(row).toMatchObject({ wireBytes: 200_000, requestsPerSecond: 2000 });
});

it('takes the cheapest turns of all equal processes, and says what each process alone gives', () => {
  const row = rowBesideBare(
    measured(
      caseOf(ours, 1),
      [
        [14, 30],
        [16, 40],
      ],
      2000,
    ),
  );
  expect(row).toMatchObject({ overheadMicros: 4, overheadSpread: { min: 4, max: 6 }, rounds: 4 });
  expect(row).toMatchObject({ requests: 2000, offeredSpans: 4000, exportedSpans: 4000 });
});

it('counts as dropped what was sampled and did not arrive', () => {
  const row = rowBesideBare(measured(caseOf(ours, 1), [[12]], 1500));
  expect(row).toMatchObject({ offeredSpans: 2000, exportedSpans: 1500, droppedSpans: 500 });
});

it('expects every span of a variant that exports what is not sampled', () => {
  const row = rowBesideBare(measured(caseOf(datadog, 0.01), [[12]], 1990));
  expect(row).toMatchObject({ offeredSpans: 2000, droppedSpans: 10 });
});
