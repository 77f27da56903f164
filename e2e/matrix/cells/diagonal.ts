import { frameworks } from '../frameworks.ts';
import { type Cell, nodeLines, type Place, places, type System, systems } from './cell.ts';

/** One cell for each framework: every Node meets every way of loading modules once, and every place of `init()` is among them. */
export const diagonal: readonly Cell[] = Object.keys(frameworks).map((framework, index) => ({
  framework,
  node: pick(nodeLines, index),
  system: pick(Object.keys(systems) as System[], index),
  place: pick(Object.keys(places) as Place[], index),
}));

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}
