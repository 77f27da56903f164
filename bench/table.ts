import { timesBare } from './ratios.ts';
import type { Row } from './summarise.ts';
import { titlesOf } from './titles.ts';
import { bare } from './variants.ts';

/** Heads and lines of text, for the terminal and for Markdown alike. */
export interface Table {
  readonly head: readonly string[];
  readonly lines: readonly (readonly string[])[];
}

/** Cost and delivery, as people read them. */
export function costTable(rows: readonly Row[]): Table {
  const head = [
    'app',
    'variant',
    'sampled',
    'CPU µs/request (min-max)',
    'times bare',
    'over bare (of each process)',
  ];
  const spans = ['spans/request', 'offered', 'exported', 'dropped', 'bytes/span'];
  return { head: [...head, ...spans], lines: rows.map(costLine) };
}

function costLine(row: Row): string[] {
  const identity = [...titlesOf(row), cpuOf(row)];
  if (row.variant === bare.name) return [...identity, '', '', '', '', '', '', ''];
  return [...identity, timesBare(row).toFixed(2), overheadOf(row), ...spansOf(row)];
}

/** What else a variant changes about the process. */
export function processTable(rows: readonly Row[]): Table {
  const head = ['app', 'variant', 'sampled', 'p50 ms', 'p99 ms', 'requests/s'];
  const process = [
    'loop delay p99 ms',
    'at 10,000/s',
    'RSS MB',
    'heap MB',
    'start ms',
    'files loaded',
  ];
  return { head: [...head, ...process], lines: rows.map(processLine) };
}

function processLine(row: Row): string[] {
  return [
    ...titlesOf(row),
    row.p50Ms.toFixed(2),
    row.p99Ms.toFixed(2),
    `${row.requestsPerSecond}`,
    row.loopDelayP99Ms.toFixed(2),
    row.pacedDelayP99Ms?.toFixed(2) ?? '',
    `${row.rssMb}`,
    `${row.heapMb}`,
    `${row.startMs}`,
    `${row.filesLoaded}`,
  ];
}

/** What each variant adds to `node_modules` beside the app's own; one line a variant. */
export function installationTable(rows: readonly Row[]): Table {
  const [first] = rows;
  const own = rows.filter(({ app }) => app === first?.app);
  const base = own.find(({ variant }) => variant === bare.name);
  const lines = [...Map.groupBy(own, ({ variant }) => variant).values()].flatMap(([row]) =>
    row && base && row !== base ? [installationLine(row, base)] : [],
  );
  return { head: ['variant', 'node_modules MB added', 'packages added'], lines };
}

function installationLine(row: Row, base: Row): string[] {
  const megabytes = (row.nodeModulesMb - base.nodeModulesMb).toFixed(1);
  return [titlesOf(row)[1], megabytes, `${row.packages - base.packages}`];
}

function cpuOf({ cpuMicrosPerRequest, cpuSpread: { min, max } }: Row): string {
  return `${cpuMicrosPerRequest.toFixed(1)} (${min.toFixed(1)}-${max.toFixed(1)})`;
}

function overheadOf({ overheadMicros, overheadSpread: { min, max } }: Row): string {
  return `${signed(overheadMicros)} (${signed(min)} to ${signed(max)})`;
}

function spansOf(row: Row): string[] {
  const { spansPerRequest, offeredSpans, exportedSpans, droppedSpans, wireBytes } = row;
  const each = exportedSpans > 0 ? `${Math.round(wireBytes / exportedSpans)}` : '';
  return [...[spansPerRequest, offeredSpans, exportedSpans, droppedSpans].map(String), each];
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(1)}`;
}
