import { expect, test } from 'vitest';
import { spansOf } from '../../test/telemetry.ts';
import type { Span } from '../telemetry.ts';
import { type SpanNode, traceTree } from './trace.ts';

const outline = ({ span, children }: SpanNode): unknown => [span.name, ...children.map(outline)];
const shape = (spans: readonly Span[]) => traceTree(spans).map(outline);

test('children hang under their parent in the order they started, whatever order they arrived in', () => {
  const spans = spansOf({
    name: 'a',
    spans: [{ name: 'b', spans: [{ name: 'c' }] }, { name: 'd' }],
  });
  expect(shape(spans.toReversed())).toEqual([['a', ['b', ['c']], ['d']]]);
});

test('a span whose parent did not arrive is a root', () => {
  const [, child] = spansOf({ name: 'a', spans: [{ name: 'b' }] }) as [Span, Span];
  expect(shape([child])).toEqual([['b']]);
});

test('a span that arrived twice is there twice, its children once', () => {
  const [root, child] = spansOf({ name: 'a', spans: [{ name: 'b' }] }) as [Span, Span];
  expect(shape([root, root, child])).toEqual([['a', ['b']], ['a']]);
});

test('spans that are each other’s parents are not lost', () => {
  const [a, b] = spansOf({ name: 'a', spans: [{ name: 'b' }] }) as [Span, Span];
  expect(shape([{ ...a, parentSpanId: b.spanId }, b])).toEqual([['a', ['b']]]);
  expect(shape([{ ...a, parentSpanId: a.spanId }])).toEqual([['a']]);
});
