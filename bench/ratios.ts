import type { Row } from './summarise.ts';
import type { Table } from './table.ts';
import { titlesOf } from './titles.ts';
import { bare, ours, variants } from './variants.ts';

const peers = variants.filter((variant) => variant !== bare && variant !== ours);

/** Our overhead beside the peers', app by app: the figure the promise is about. */
export function ratiosOf(rows: readonly Row[]): Table {
  const head = ['app', 'sampled', 'ours µs', ...peers.map(({ name }) => `${name}: µs, ours is`)];
  return { head, lines: rows.filter(({ variant }) => variant === ours.name).map(lineOf) };

  function lineOf(row: Row): string[] {
    const [app, , sampled] = titlesOf(row);
    const beside = peers.map(({ name }) => {
      const peer = rows.find((other) => other.variant === name && isBeside(row, other));
      return peer ? cellOf(row.overheadMicros, peer.overheadMicros) : '';
    });
    return [app, sampled, row.overheadMicros.toFixed(1), ...beside];
  }
}

/** A request's CPU time over that of bare: what two runs agree on best, as a machine that is slower for a while is so for both. */
export function timesBare({ cpuMicrosPerRequest, overheadMicros }: Row): number {
  return cpuMicrosPerRequest / (cpuMicrosPerRequest - overheadMicros);
}

/** Whether both rows were measured side by side. */
export function isBeside(row: Row, other: Row): boolean {
  const same = other.app === row.app && other.route === row.route;
  return same && other.sampling === row.sampling;
}

/** A difference below the noise has no ratio. */
function cellOf(own: number, peer: number): string {
  const ratio = own > 0 && peer > 0 ? `1/${(peer / own).toFixed(1)}` : 'within the noise';
  return `${peer.toFixed(1)}, ${ratio}`;
}
