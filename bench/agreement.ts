import { isBeside, timesBare } from './ratios.ts';
import type { Row } from './summarise.ts';
import type { Table } from './table.ts';
import { titlesOf } from './titles.ts';
import { bare, ours } from './variants.ts';

/** A ratio of one run, and the same of another. */
interface Repeated {
  readonly title: readonly string[];
  readonly first: number;
  readonly second: number;
}

/** Two runs agree on a ratio that differs by no more than this share. */
const TOLERANCE = 0.15;

/** How far two runs agree: on the CPU time of a request over bare's, and on our overhead over each peer's. */
export function agreementOf(first: readonly Row[], second: readonly Row[]): Table {
  const head = ['ratio', `agree within ${TOLERANCE * 100} %`, 'of', 'apart'];
  return {
    head,
    lines: [
      lineOf('CPU time of a request over that of bare', repeated(first, second, overBare)),
      lineOf("our overhead over a peer's", repeated(first, second, overPeer)),
    ],
  };
}

function lineOf(title: string, all: readonly Repeated[]): string[] {
  const apart = all.filter(({ first, second }) => !agrees(first, second));
  const named = apart.map(
    (each) => `${each.title.join(' ')}: ${shown(each.first)}, ${shown(each.second)}`,
  );
  return [title, `${all.length - apart.length}`, `${all.length}`, named.join('; ')];
}

/** Ratios to something that costs nothing, or less, agree with none. */
function agrees(first: number, second: number): boolean {
  const apart = Math.max(first, second) / Math.min(first, second);
  return first > 0 && second > 0 && apart <= 1 + TOLERANCE;
}

function shown(ratio: number): string {
  return `${Number(ratio.toPrecision(3))}`;
}

type RatioOf = (row: Row, rows: readonly Row[]) => number | undefined;

/** The ratios that both runs have. */
function repeated(first: readonly Row[], second: readonly Row[], ratioOf: RatioOf): Repeated[] {
  return first.flatMap((row) => {
    const again = second.find((other) => other.variant === row.variant && isBeside(row, other));
    const ratio = ratioOf(row, first);
    const other = again && ratioOf(again, second);
    if (ratio === undefined || other === undefined) return [];
    return [{ title: titlesOf(row), first: ratio, second: other }];
  });
}

function overBare(row: Row): number | undefined {
  return row.variant === bare.name ? undefined : timesBare(row);
}

/** Of the row of a peer. */
function overPeer(row: Row, rows: readonly Row[]): number | undefined {
  if (row.variant === bare.name || row.variant === ours.name) return undefined;
  const own = rows.find((other) => other.variant === ours.name && isBeside(row, other));
  return own && own.overheadMicros / row.overheadMicros;
}
