import type { LogRecord, Span } from '@org/otel-testing/collector';
import { expect, it } from 'vitest';
import { expectedChain } from './expected-chain.ts';
import { logFromLine } from './log-from-line.ts';
import { missingFromTrace } from './missing-from-trace.ts';

const traceId = 'a'.repeat(32);

/** The spans of a whole chain, each below the one before. */
function wholeChain(path = '/something'): Span[] {
  return expectedChain(path).map(({ service, kind, name }, place) => ({
    ...({} as Span),
    service,
    kind,
    name: typeof name === 'string' ? name : 'AnyController.handler',
    traceId,
    spanId: String(place + 1),
    parentSpanId: place === 0 ? '' : String(place),
    startTime: BigInt(place),
  }));
}

function linesOf(spans: Span[]): LogRecord[] {
  return spans.flatMap(({ service, spanId }) => {
    const line = logFromLine(
      service,
      JSON.stringify({ message: 'here', traceID: traceId, spanID: spanId }),
    );
    return line ? [line] : [];
  });
}

function missing(spans: Span[], logs = linesOf(wholeChain())): string[] {
  return missingFromTrace({ traceId, spans }, logs, '/something');
}

it('misses nothing in a whole chain', () => {
  expect(missing(wholeChain())).toEqual([]);
  expect(
    missingFromTrace({ traceId, spans: wholeChain('/boom') }, linesOf(wholeChain()), '/boom'),
  ).toEqual([]);
});

it('misses the trace when there is none', () => {
  expect(missingFromTrace(undefined, [], '/something')).toEqual(['the trace']);
});

it('names the first span that is not there', () => {
  expect(missing(wholeChain().slice(0, 3))).toEqual([
    'internal span of api-node named /Controller\\.\\w+$/',
  ]);
  const renamed = wholeChain().map((span) =>
    span.name === 'GET /something' ? { ...span, name: 'GET' } : span,
  );
  expect(missing(renamed)).toEqual(['server span of gateway named GET /something']);
});

it('tells a second root, and a span too many', () => {
  const [first, ...rest] = wholeChain() as [Span, ...Span[]];
  expect(missing(rest.slice(1).concat(first))).toEqual(['one root (there are 2)']);
  const doubled = { ...first, spanId: 'other', parentSpanId: '1' };
  expect(missing([first, ...rest, doubled])).toEqual(['a tree without 1 unexpected span']);
});

it('wants the line of each service in the span it was written in', () => {
  const lines = linesOf(wholeChain()).filter((line) => line.service !== 'api-node');
  const elsewhere = { ...lines[0], service: 'api-node', spanId: '3' } as LogRecord;
  expect(missing(wholeChain(), [...lines, elsewhere])).toEqual([
    'log line of internal span of api-node named /Controller\\.\\w+$/',
  ]);
});
