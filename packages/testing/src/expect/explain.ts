import { oneLine } from '../show/one.line.ts';
import { plural } from '../show/plural.ts';
import { renderTrace } from '../show/render.trace.ts';
import { showValue } from '../show/show.value.ts';
import { treeLines } from '../show/tree.lines.ts';
import type { Trace } from '../store/trace.ts';
import type { Compared, ExpectedSpan } from './compare.trees.ts';
import {
  type ExpectedTrace,
  type MatchOptions,
  matchTrace,
  type TraceMatch,
} from './match.trace.ts';
import { differsIn } from './match.value.ts';

// Above this many traces only the latest are compared and drawn; a message must stay readable.
const most = 8;

/** Says why none of the traces is the expected one: the closest with its differences marked, the others as trees. */
export function explainTraces(
  traces: readonly Trace[],
  expected: ExpectedTrace,
  options: MatchOptions,
): string {
  if (traces.length === 0)
    return `expected:\n${indent(renderExpected(expected))}\nno trace arrived`;
  const judged = traces
    .slice(-200)
    .map((trace) => ({ trace, match: matchTrace(trace, expected, options) }))
    .sort((a, b) => distance(a.match, expected) - distance(b.match, expected));
  const [closest, ...others] = judged;
  const shown = others.slice(0, most - 1).map(({ trace }) => renderTrace(trace));
  const left = traces.length - 1 - shown.length;
  return [
    `expected:\n${indent(renderExpected(expected))}`,
    `closest of ${plural(traces.length, 'trace')} that arrived, ${closest?.trace.traceId} (- missing, + unexpected, ! differs):`,
    indent(renderCompared(closest?.match.compared ?? [])),
    ...(shown.length > 0 ? [`the other traces:\n${indent(shown.join('\n'))}`] : []),
    ...(left > 0 ? [`and ${left} more`] : []),
  ].join('\n');
}

/** How far a trace is from the one that is meant: one that starts alike is nearer than a small one that does not. */
function distance(match: TraceMatch, expected: ExpectedTrace): number {
  const { name, service } = expected;
  const alike = match.compared.some(({ node }) => {
    return (
      node &&
      differsIn('name', name, node.span.name).length === 0 &&
      differsIn('service', service, node.span.service).length === 0
    );
  });
  return match.cost + (alike ? 0 : 1_000_000);
}

/** Draws the tree that a test states. */
function renderExpected(expected: ExpectedSpan): string {
  return treeLines([expected], (span) => (span.spans === 'any' ? [] : (span.spans ?? [])))
    .map(
      ({ node, branch }) =>
        `${branch}${expectedLabel(node)}${node.spans === 'any' ? '  (and any spans below)' : ''}`,
    )
    .join('\n');
}

/** Draws a comparison: every line has a mark, every difference a line. */
export function renderCompared(roots: readonly Compared[]): string {
  return treeLines(roots, (compared) => compared.children)
    .flatMap(({ node, branch, below }) => {
      const line = `${mark(node)} ${branch}${comparedLabel(node)}`;
      return [line, ...node.differences.map((difference) => `!   ${below}${oneLine(difference)}`)];
    })
    .join('\n');
}

function mark({ expected, node, differences, cost }: Compared): string {
  if (node === undefined) return '-';
  if (expected === undefined && cost > 0) return '+';
  return differences.length > 0 ? '!' : ' ';
}

function comparedLabel({ expected, node, cost }: Compared): string {
  if (node === undefined) return `${expectedLabel(expected as ExpectedSpan)}  (missing)`;
  const { service, name, kind, status } = node.span;
  const label = `${oneLine(service)}  ${oneLine(name)}  ${kind}${status.code === 'unset' ? '' : `  ${status.code}`}`;
  return expected === undefined && cost > 0 ? `${label}  (unexpected)` : label;
}

function expectedLabel({ service, name, kind, status }: ExpectedSpan): string {
  const code = typeof status === 'object' ? status.code : status;
  const parts = [service, name].map((part) => (part === undefined ? undefined : text(part)));
  return [...parts, kind, code].filter((part) => part !== undefined).join('  ');
}

function text(stated: unknown): string {
  return typeof stated === 'string' ? oneLine(stated) : showValue(stated);
}

/** Moves every line two places in. */
export function indent(lines: string): string {
  return lines.replace(/^/gm, '  ');
}
