import { type SpanNode, type Trace, traceTree } from '../store/trace.ts';
import type { Span } from '../telemetry.ts';
import {
  type Compared,
  compareTrees,
  type ExpectedSpan,
  missing,
  surplus,
} from './compare.trees.ts';

/** A whole trace as a test states it: its one root, and all the spans below. */
export interface ExpectedTrace extends ExpectedSpan {
  /**
   * Not stated: the root has no parent. `remote`: it has one that is not among the spans that arrived (the caller made a traceparent);
   * a span id in hex: that very one.
   */
  readonly parent?: 'remote' | (string & {});
}

/** How strictly trees are compared. */
export interface MatchOptions {
  /** Siblings must have started in the order they are stated; false by default. */
  readonly ordered?: boolean;
}

/** A span of a matched trace, with those below it in the order they were stated. */
export interface MatchedSpan {
  readonly span: Span;
  readonly children: readonly MatchedSpan[];
}

/** A trace that matched. */
export interface MatchedTrace extends Trace {
  readonly root: MatchedSpan;
  /**
   * The span at a path of names that starts at the root; the first, in the stated order, when several have it.
   * @throws Error when there is none; the message lists what is there.
   */
  span(...path: string[]): Span;
}

/** The verdict on one trace: `matched`, or the comparison that shows what differs. */
export type TraceMatch =
  | { readonly matched: MatchedTrace; readonly compared: readonly Compared[]; readonly cost: 0 }
  | { readonly matched?: undefined; readonly compared: readonly Compared[]; readonly cost: number };

/** Compares one trace with the expected tree, now, without waiting. */
export function matchTrace(
  trace: Trace,
  expected: ExpectedTrace,
  options: MatchOptions = {},
): TraceMatch {
  const compared = compareRoots(trace, expected, options.ordered ?? false);
  const cost = compared.reduce((sum, root) => sum + root.cost, 0);
  const [root] = compared;
  if (cost > 0 || root === undefined) return { compared, cost: cost || 1 };
  return { matched: matchedTrace(trace, matchedSpan(root)), compared, cost: 0 };
}

function compareRoots(trace: Trace, expected: ExpectedTrace, ordered: boolean): Compared[] {
  const roots = traceTree(trace.spans).map((node) => ({
    node,
    compared: withParent(compareTrees(expected, node, ordered), expected, node.span),
  }));
  const best = roots.toSorted((a, b) => a.compared.cost - b.compared.cost)[0];
  if (best === undefined) return [missing(expected)];
  const others = roots
    .filter((root) => root !== best)
    .map(({ node }) => surplus(node, strayRoot(node)));
  return [best.compared, ...others];
}

function withParent(compared: Compared, expected: ExpectedTrace, root: Span): Compared {
  const difference = parentDifference(expected.parent, root.parentSpanId);
  if (difference === undefined) return compared;
  const differences = [difference, ...compared.differences];
  return { ...compared, differences, cost: compared.cost + 1 };
}

function parentDifference(expected: ExpectedTrace['parent'], got: string): string | undefined {
  if (expected === undefined) {
    return got === '' ? undefined : `parent: expected a root, its parent ${got} did not arrive`;
  }
  if (expected === 'remote') {
    return got === '' ? 'parent: expected a remote one, the span is a root' : undefined;
  }
  return got === expected ? undefined : `parent: expected ${expected}, got ${got || 'none'}`;
}

function strayRoot({ span }: SpanNode): string {
  return span.parentSpanId === ''
    ? 'a second root'
    : `its parent ${span.parentSpanId} did not arrive`;
}

function matchedSpan({ node, children }: Compared): MatchedSpan {
  return { span: (node as SpanNode).span, children: children.map(matchedSpan) };
}

function matchedTrace(trace: Trace, root: MatchedSpan): MatchedTrace {
  return {
    ...trace,
    root,
    span(...path) {
      const found = descend([root], path);
      if (found) return found.span;
      throw new Error(`no span at ${path.join(' > ')}; there are: ${paths(root).join(', ')}`);
    },
  };
}

function descend(
  spans: readonly MatchedSpan[],
  [name, ...rest]: readonly string[],
): MatchedSpan | undefined {
  const named = spans.filter(({ span }) => span.name === name);
  if (rest.length === 0) return named[0];
  for (const one of named) {
    const found = descend(one.children, rest);
    if (found) return found;
  }
  return undefined;
}

function paths({ span, children }: MatchedSpan): string[] {
  return [span.name, ...children.flatMap(paths).map((path) => `${span.name} > ${path}`)];
}
