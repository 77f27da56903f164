import type { Span } from '../telemetry.ts';

/** The spans that share a trace id, in the order they arrived. */
export interface Trace {
  readonly traceId: string;
  readonly spans: readonly Span[];
}

/** A span with the spans below it, in the order they started. */
export interface SpanNode {
  readonly span: Span;
  readonly children: readonly SpanNode[];
}

/** The roots of a trace: spans with no parent, or with one that did not arrive. One root means the trace is whole. */
export function traceTree(spans: readonly Span[]): SpanNode[] {
  const byParent = Map.groupBy(inOrder(spans), (span) => span.parentSpanId);
  const known = new Set(spans.map((span) => span.spanId));
  const placed = new Set<Span>();
  const roots = inOrder(spans)
    .filter((span) => !known.has(span.parentSpanId))
    .map(grow);
  // Spans that are each other's parents hang on no root; they must not vanish.
  const circular = inOrder(spans).flatMap((span) => (placed.has(span) ? [] : [grow(span)]));
  return [...roots, ...circular];

  function grow(span: Span): SpanNode {
    placed.add(span);
    const below = (byParent.get(span.spanId) ?? []).filter((child) => !placed.has(child));
    return { span, children: below.map(grow) };
  }
}

function inOrder(spans: readonly Span[]): Span[] {
  return spans.toSorted((a, b) =>
    a.startTime < b.startTime ? -1 : a.startTime > b.startTime ? 1 : 0,
  );
}
