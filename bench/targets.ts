import { apps } from './apps.ts';
import { flatnessName } from './micro/flatness-name.ts';
import type { MicroResult } from './micro/measure-micro.ts';
import { isBeside } from './ratios.ts';
import type { Row } from './summarise.ts';
import type { Table } from './table.ts';
import { bare, datadog, official, ours } from './variants.ts';

/** What we want to reach, and how it is read from a run. */
interface Target {
  readonly title: string;
  readonly limit: number;
  readonly unit: string;
  /** Undefined where the run did not measure it. */
  measured(rows: readonly Row[], micro: readonly MicroResult[]): number | undefined;
}

/** Every target beside what was measured, whether it is met, and the distance. */
export function targetsTable(rows: readonly Row[], micro: readonly MicroResult[] = []): Table {
  const head = ['target', 'at most', 'measured', 'met', 'distance'];
  return { head, lines: targets.map((target) => lineOf(target, target.measured(rows, micro))) };
}

function lineOf({ title, limit, unit }: Target, measured: number | undefined): string[] {
  if (measured === undefined) return [title, shown(limit, unit), 'not in this run', '', ''];
  const distance = measured > limit ? shown(measured - limit, unit) : '';
  return [title, shown(limit, unit), shown(measured, unit), verdictOn(measured, limit), distance];
}

/** Nothing is cheaper than bare: a figure below it says only that the run was too noisy. */
function verdictOn(measured: number, limit: number): string {
  if (measured < 0) return 'within the noise';
  return measured <= limit ? 'yes' : 'no';
}

/** A share has no unit, and one digit more. */
function shown(value: number, unit: string): string {
  return `${Number(value.toFixed(unit ? 2 : 3))} ${unit}`.trimEnd();
}

const targets: readonly Target[] = [
  overhead('node:http', 'node-http', 0.01, 1.5),
  overhead('node:http', 'node-http', 1, 9),
  overhead('Express 5', 'express-5', 0.01, 5),
  overhead('Express 5', 'express-5', 1, 12),
  overhead('NestJS 12 with its controller span', 'nest-12', 0.01, 8),
  overhead('NestJS 12 with its controller span', 'nest-12', 1, 18),
  ...['express-5', 'nest-12', 'nest-11'].flatMap((app) => [
    share(app, official, 1, 1 / 8),
    share(app, official, 0.01, 1 / 10),
    share(app, datadog, 1, 1 / 4),
    share(app, datadog, 0.01, 1 / 4),
  ]),
  {
    title: 'CPU over bare, 1 ms of work and Redis, 10 % sampled',
    limit: 1,
    unit: '%',
    measured: (rows) => over(rows, 'express-5', 0.1, 'work', relativeCost),
  },
  process('Start to listen over bare, Express 5', 50, 'ms', 0.01, ({ startMs }) => startMs),
  process('Files loaded over bare, Express 5', 150, 'files', 0.01, (row) => row.filesLoaded),
  process('RSS under load over bare, Express 5, 1 % sampled', 30, 'MB', 0.01, ({ rssMb }) => rssMb),
  {
    title: 'Event loop delay p99 over bare at 10,000 spans/s, node:http',
    limit: 1,
    unit: 'ms',
    measured: (rows) =>
      over(rows, 'node-http', 1, 'hello', (row, base) => pacedDelayOver(row, base)),
  },
  {
    title: 'A winston line over one without stamp',
    limit: 300,
    unit: 'ns',
    measured: (_rows, micro) => nanosecondsOf(micro, 'log stamp'),
  },
  {
    title:
      'A sampled request with 1,000 routes and 10,000 in flight, over 1 route and 10 in flight',
    limit: 1.5,
    unit: 'times',
    measured(_rows, micro) {
      const [few, many] = [flatnessName(1, 10), flatnessName(1000, 10_000)];
      const base = nanosecondsOf(micro, few);
      const loaded = nanosecondsOf(micro, many);
      return base && loaded && loaded / base;
    },
  },
];

function overhead(title: string, app: string, sampling: number, limit: number): Target {
  return {
    title: `CPU over bare, ${title}, ${sampling * 100} % sampled`,
    limit,
    unit: 'µs',
    measured: (rows) => over(rows, app, sampling, 'hello', ({ overheadMicros }) => overheadMicros),
  };
}

function share(app: string, peer: { name: string }, sampling: number, limit: number): Target {
  const title = apps.find(({ name }) => name === app)?.title ?? app;
  return {
    title: `CPU overhead over that of ${peer.name}, ${title}, ${sampling * 100} % sampled`,
    limit,
    unit: '',
    measured(rows) {
      const own = rowOf(rows, app, ours.name, sampling, 'hello');
      const other = rows.find((row) => row.variant === peer.name && own && isBeside(own, row));
      return own && other && own.overheadMicros / other.overheadMicros;
    },
  };
}

function process(
  title: string,
  limit: number,
  unit: string,
  sampling: number,
  figure: (row: Row) => number,
): Target {
  const measured = (rows: readonly Row[]) =>
    over(rows, 'express-5', sampling, 'hello', (row, base) => figure(row) - figure(base));
  return { title, limit, unit, measured };
}

function nanosecondsOf(micro: readonly MicroResult[], piece: string): number | undefined {
  return micro.find(({ name }) => name === piece)?.nanoseconds;
}

/** Unknown where one of them cannot keep the pace. */
function pacedDelayOver({ pacedDelayP99Ms: own }: Row, { pacedDelayP99Ms: base }: Row) {
  return own === null || base === null ? undefined : own - base;
}

function relativeCost({ overheadMicros }: Row, { cpuMicrosPerRequest }: Row): number {
  return (overheadMicros / cpuMicrosPerRequest) * 100;
}

/** Something about our row and bare's of the same app and route. */
function over(
  rows: readonly Row[],
  app: string,
  sampling: number,
  route: string,
  figure: (row: Row, base: Row) => number | undefined,
): number | undefined {
  const row = rowOf(rows, app, ours.name, sampling, route);
  const base = rowOf(rows, app, bare.name, null, route);
  return row && base && figure(row, base);
}

function rowOf(
  rows: readonly Row[],
  app: string,
  variant: string,
  sampling: number | null,
  route: string,
): Row | undefined {
  return rows.find(
    (row) =>
      row.app === app &&
      row.variant === variant &&
      row.sampling === sampling &&
      row.route === route,
  );
}
