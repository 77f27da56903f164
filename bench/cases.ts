import type { Case, Subject } from './subject.ts';
import { bare } from './variants.ts';

/** Every sampled ratio that is measured. */
const ratios = [1, 0.01];

/** The cases of one app: without telemetry first, then what is compared with each other side by side. */
export function casesOf(subjects: readonly Subject[]): Case[] {
  const without = subjects.filter(({ variant }) => variant === bare);
  const watched = subjects.filter(({ variant }) => variant !== bare);
  return [
    ...without.map((subject) => ({ subject, sampling: null })),
    ...ratios.flatMap((sampling) => watched.map((subject) => ({ subject, sampling }))),
  ];
}
