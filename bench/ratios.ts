import { apps } from './apps.ts';
import type { Row } from './summarise.ts';
import type { Table } from './table.ts';

/** Our overhead beside the official packages', app by app: the figure the promise is about. */
export function ratiosOf(rows: readonly Row[]): Table {
  const lines = rows.flatMap((row) => {
    const official = rows.find((other) => isOfficialOf(row, other));
    return row.variant === 'ours' && official ? [lineOf(row, official)] : [];
  });
  return { head: ['app', 'sampled', 'ours', 'official', 'ours is'], lines };
}

function isOfficialOf(row: Row, other: Row): boolean {
  return other.variant === 'official' && other.app === row.app && other.sampling === row.sampling;
}

function lineOf(ours: Row, official: Row): string[] {
  return [
    apps.find(({ name }) => name === ours.app)?.title ?? ours.app,
    `${(ours.sampling ?? 0) * 100} %`,
    `${ours.overheadMicros.toFixed(1)} µs`,
    `${official.overheadMicros.toFixed(1)} µs`,
    fractionOf(ours.overheadMicros, official.overheadMicros),
  ];
}

/** A difference below the noise has no ratio. */
function fractionOf(ours: number, official: number): string {
  if (ours <= 0 || official <= 0) return 'within the noise';
  return `1/${(official / ours).toFixed(1)} of it`;
}
