import type { SpanNode } from '../store/trace.ts';
import { type ExpectedSpanFacts, spanDifferences } from './match.span.ts';

/** A span as a test states it, with all the spans below it. */
export interface ExpectedSpan extends ExpectedSpanFacts {
  /** Exactly these spans are below it, in any order; not stated: none. `any`: whatever there is. */
  readonly spans?: readonly ExpectedSpan[] | 'any';
}

/** A place in the comparison: what was expected there, what arrived, and what differs. Without `expected` the span is too much, without `node` it is missing. */
export interface Compared {
  readonly expected?: ExpectedSpan;
  readonly node?: SpanNode;
  readonly differences: readonly string[];
  /** Those that were expected first, in the order they were stated; then what is too much. */
  readonly children: readonly Compared[];
  /** 0 for a match; grows with the trouble. */
  readonly cost: number;
}

const costOfDifference = 1;
const costOfSpan = 4;

/** Compares an expected tree with one that arrived. */
export function compareTrees(expected: ExpectedSpan, node: SpanNode, ordered: boolean): Compared {
  const own = spanDifferences(expected, node.span);
  const children = compareChildren(expected.spans ?? [], node.children, ordered);
  const order = ordered ? orderDifference(children, node.children) : [];
  const differences = [...own, ...order];
  return {
    expected,
    node,
    differences,
    children,
    cost: differences.length * costOfDifference + total(children),
  };
}

/** A tree that was not expected. */
export function surplus(node: SpanNode, ...differences: string[]): Compared {
  const children = node.children.map((child) => surplus(child));
  return { node, differences, children, cost: costOfSpan + total(children) };
}

/** A tree that did not arrive. */
export function missing(expected: ExpectedSpan): Compared {
  const below = expected.spans === 'any' ? [] : (expected.spans ?? []);
  const children = below.map(missing);
  return { expected, differences: [], children, cost: costOfSpan + total(children) };
}

function total(children: readonly Compared[]): number {
  return children.reduce((sum, child) => sum + child.cost, 0);
}

function accepted(node: SpanNode): Compared {
  return { node, differences: [], children: node.children.map(accepted), cost: 0 };
}

function compareChildren(
  expected: readonly ExpectedSpan[] | 'any',
  nodes: readonly SpanNode[],
  ordered: boolean,
): Compared[] {
  if (expected === 'any') return nodes.map(accepted);
  const compare = remember((e, n) => {
    return compareTrees(expected[e] as ExpectedSpan, nodes[n] as SpanNode, ordered);
  });
  const pairs = pairExact(expected.length, nodes.length, (e, n) => compare(e, n).cost === 0);
  pairClosest(pairs, expected, nodes, compare);
  const taken = new Set(pairs.values());
  return [
    ...expected.map((span, e) => {
      const n = pairs.get(e);
      return n === undefined ? missing(span) : compare(e, n);
    }),
    ...nodes.filter((_, n) => !taken.has(n)).map((node) => surplus(node)),
  ];
}

type Compare = (expected: number, node: number) => Compared;

function remember(compare: Compare): Compare {
  const known = new Map<string, Compared>();
  return (e, n) => {
    const key = `${e} ${n}`;
    const compared = known.get(key) ?? compare(e, n);
    known.set(key, compared);
    return compared;
  };
}

/**
 * Pairs as many expected spans as possible with one that matches them exactly. One that matches two of them (a RegExp name)
 * must not stand in the way, so taken pairs are moved along when that makes room (a maximum bipartite matching).
 */
function pairExact(expected: number, nodes: number, exact: (e: number, n: number) => boolean) {
  const owner = new Map<number, number>();
  for (let e = 0; e < expected; e += 1) claim(e, new Set());
  return new Map(Array.from(owner, ([n, e]) => [e, n]));

  function claim(e: number, tried: Set<number>): boolean {
    // Starting at its own place keeps a long row of equal siblings linear.
    for (let step = 0; step < nodes; step += 1) {
      const n = (e + step) % nodes;
      if (tried.has(n) || !exact(e, n)) continue;
      tried.add(n);
      const before = owner.get(n);
      if (before !== undefined && !claim(before, tried)) continue;
      owner.set(n, e);
      return true;
    }
    return false;
  }
}

/** Pairs what is left by likeness, so that the message can say what differs; too unlike ones stay missing and too much. */
function pairClosest(
  pairs: Map<number, number>,
  expected: readonly ExpectedSpan[],
  nodes: readonly SpanNode[],
  compare: Compare,
): void {
  const taken = new Set(pairs.values());
  const openNodes = nodes.flatMap((_, n) => (taken.has(n) ? [] : [n]));
  const candidates = expected
    .flatMap((_, e) =>
      pairs.has(e) ? [] : openNodes.map((n) => ({ e, n, cost: compare(e, n).cost })),
    )
    .sort((a, b) => a.cost - b.cost);
  for (const { e, n, cost } of candidates) {
    const apart = missing(expected[e] as ExpectedSpan).cost + surplus(nodes[n] as SpanNode).cost;
    if (pairs.has(e) || taken.has(n) || cost >= apart) continue;
    pairs.set(e, n);
    taken.add(n);
  }
}

function orderDifference(children: readonly Compared[], nodes: readonly SpanNode[]): string[] {
  const places = children.flatMap((child) => {
    return child.expected && child.node ? [nodes.indexOf(child.node)] : [];
  });
  const inOrder = places.every(
    (place, index) => index === 0 || (places[index - 1] as number) < place,
  );
  if (inOrder) return [];
  const names = nodes.map((node) => node.span.name).join(', ');
  return [`spans: expected in the stated order, started as ${names}`];
}
