import { apps } from './apps.ts';
import type { Row } from './summarise.ts';
import { bare, variants } from './variants.ts';

/** Heads and lines of text, for the terminal and for Markdown alike. */
export interface Table {
  readonly head: readonly string[];
  readonly lines: readonly (readonly string[])[];
}

/** The rows as people read them. */
export function tableOf(rows: readonly Row[]): Table {
  const head = [
    'app',
    'variant',
    'sampled',
    'CPU µs/request (min-max)',
    'over bare (min to max)',
    'spans/request',
    'offered',
    'exported',
    'dropped',
    'start ms',
    'RSS MB',
  ];
  return { head, lines: rows.map(lineOf) };
}

function lineOf(row: Row): string[] {
  const title = apps.find(({ name }) => name === row.app)?.title ?? row.app;
  const variant = variants.find(({ name }) => name === row.variant)?.title ?? row.variant;
  const identity = [title, variant, sampledOf(row), cpuOf(row)];
  const process = [`${row.startMs}`, `${row.rssMb}`];
  if (row.variant === bare.name) return [...identity, '', '', '', '', '', ...process];
  return [...identity, overheadOf(row), ...spansOf(row), ...process];
}

function sampledOf({ sampling }: Row): string {
  return sampling === null ? '' : `${sampling * 100} %`;
}

function cpuOf({ cpuMicrosPerRequest, cpuSpread: { min, max } }: Row): string {
  return `${cpuMicrosPerRequest.toFixed(1)} (${min.toFixed(1)}-${max.toFixed(1)})`;
}

function overheadOf({ overheadMicros, overheadSpread: { min, max } }: Row): string {
  return `${signed(overheadMicros)} (${signed(min)} to ${signed(max)})`;
}

function spansOf(row: Row): string[] {
  return [row.spansPerRequest, row.offeredSpans, row.exportedSpans, row.droppedSpans].map(String);
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(1)}`;
}
