import { frameworks } from '../frameworks.ts';
import { type Cell, nodeLines, type Place, places, type System, systems } from './cell.ts';

/** Every cell of the matrix, a framework's cells one after another. */
export const allCells: readonly Cell[] = Object.keys(frameworks).flatMap(cellsOf);

function cellsOf(framework: string): Cell[] {
  return nodeLines.flatMap((node) =>
    (Object.keys(systems) as System[]).flatMap((system) =>
      (Object.keys(places) as Place[]).map((place) => ({ framework, node, system, place })),
    ),
  );
}
