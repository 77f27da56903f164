import { describe, expect, test } from 'vitest';
import { type MadeSpan, madeTraceId, spansOf } from '../../test/telemetry.ts';
import type { Span, SpanEvent } from '../telemetry.ts';
import { renderCompared } from './explain.ts';
import { type ExpectedTrace, type MatchOptions, matchTrace } from './match.trace.ts';

const traceOf = (spans: readonly Span[]) => ({ traceId: madeTraceId, spans });
const exception: SpanEvent = {
  name: 'exception',
  time: 2_000_000n,
  attributes: { 'exception.type': 'TypeError' },
  droppedAttributes: 0,
};

const made: MadeSpan = {
  service: 'gateway',
  name: 'GET /something',
  kind: 'server',
  attributes: { 'http.route': '/something', 'http.response.status_code': 200 },
  spans: [
    {
      service: 'gateway',
      name: 'GET',
      kind: 'client',
      spans: [
        {
          service: 'api',
          name: 'GET /something',
          kind: 'server',
          spans: [{ service: 'api', name: 'Something.read' }],
        },
      ],
    },
  ],
};
const stated: ExpectedTrace = {
  service: 'gateway',
  name: 'GET /something',
  kind: 'server',
  status: 'unset',
  attributes: { 'http.route': '/something' },
  spans: [
    {
      service: 'gateway',
      name: 'GET',
      kind: 'client',
      spans: [
        {
          service: 'api',
          name: 'GET /something',
          kind: 'server',
          spans: [{ service: 'api', name: /^Something/ }],
        },
      ],
    },
  ],
};

/** What the comparison says: the marked lines only. */
function marked(spans: readonly Span[], expected: ExpectedTrace, options?: MatchOptions): string[] {
  const { matched, compared } = matchTrace(traceOf(spans), expected, options);
  const lines = renderCompared(compared)
    .split('\n')
    .filter((line) => !line.startsWith(' '));
  expect(matched === undefined).toBe(lines.length > 0);
  return lines.map((line) => line.replace(/[│├└─ ]+/g, ' ').trim());
}

test('the tree that is expected matches, in whatever order its spans arrived', () => {
  expect(marked(spansOf(made), stated)).toEqual([]);
  expect(marked(spansOf(made).toReversed(), stated)).toEqual([]);
});

describe('the shape is exact', () => {
  test('an unexpected span below, beside and deep below', () => {
    expect(marked(spansOf(made), { ...stated, spans: [] })).toEqual([
      '+ gateway GET client (unexpected)',
      '+ api GET /something server (unexpected)',
      '+ api Something.read internal (unexpected)',
    ]);
    const twice = spansOf({
      ...made,
      spans: [...(made.spans ?? []), { service: 'gateway', name: 'middleware' }],
    });
    expect(marked(twice, stated)).toEqual(['+ gateway middleware internal (unexpected)']);
  });

  test('a span that arrived twice', () => {
    const spans = spansOf(made);
    expect(marked([...spans, ...spans.slice(-1)], stated)).toEqual([
      '+ api Something.read internal (unexpected)',
    ]);
  });

  test('a missing span', () => {
    expect(marked(spansOf(made).slice(0, -1), stated)).toEqual(['- api /^Something/ (missing)']);
  });

  test('a missing parent: what was below it is a stray root', () => {
    const spans = spansOf(made).filter(({ kind }) => kind !== 'client');
    expect(marked(spans, stated)).toEqual([
      '- gateway GET client (missing)',
      '- api GET /something server (missing)',
      '- api /^Something/ (missing)',
      '+ api GET /something server (unexpected)',
      '! its parent 0000000000000002 did not arrive',
      '+ api Something.read internal (unexpected)',
    ]);
  });

  test('a second root', () => {
    expect(
      marked([...spansOf(made), ...spansOf({ name: 'cron', spanId: 'ffffffffffffffff' })], stated),
    ).toEqual(['+ shop cron internal (unexpected)', '! a second root']);
  });

  test('a child under the wrong parent', () => {
    const spans = spansOf({ name: 'a', spans: [{ name: 'b', spans: [{ name: 'c' }] }] });
    expect(marked(spans, { name: 'a', spans: [{ name: 'b' }, { name: 'c' }] })).not.toEqual([]);
  });

  test('any: whatever is below, but nothing beside', () => {
    const [client] = stated.spans as [ExpectedTrace];
    expect(marked(spansOf(made), { ...stated, spans: [{ ...client, spans: 'any' }] })).toEqual([]);
    expect(marked(spansOf(made), { ...stated, spans: 'any' })).toEqual([]);
    const beside = spansOf({ ...made, spans: [...(made.spans ?? []), { name: 'extra' }] });
    expect(marked(beside, { ...stated, spans: [{ ...client, spans: 'any' }] })).toEqual([
      '+ shop extra internal (unexpected)',
    ]);
  });

  test('a trace without spans', () => {
    expect(matchTrace(traceOf([]), { name: 'a' }).matched).toBeUndefined();
  });
});

describe('the root’s parent', () => {
  const remote = spansOf({
    name: 'a',
    parentSpanId: '00f067aa0ba902b7',
    spanId: '0000000000000009',
  }).map((span) => ({ ...span, parentSpanId: '00f067aa0ba902b7' }));

  test('remote: it must have one that did not arrive', () => {
    expect(marked(remote, { name: 'a', parent: 'remote' })).toEqual([]);
    expect(marked(spansOf({ name: 'a' }), { name: 'a', parent: 'remote' })).toEqual([
      '! shop a internal',
      '! parent: expected a remote one, the span is a root',
    ]);
  });

  test('an id: that very one', () => {
    expect(marked(remote, { name: 'a', parent: '00f067aa0ba902b7' })).toEqual([]);
    expect(marked(remote, { name: 'a', parent: '00f067aa0ba902b8' })).toEqual([
      '! shop a internal',
      '! parent: expected 00f067aa0ba902b8, got 00f067aa0ba902b7',
    ]);
  });

  test('not stated: none', () => {
    expect(marked(remote, { name: 'a' })).toEqual([
      '! shop a internal',
      '! parent: expected a root, its parent 00f067aa0ba902b7 did not arrive',
    ]);
  });
});

describe('the facts of a span', () => {
  const span = spansOf({
    name: 'GET',
    service: 'api',
    kind: 'client',
    status: { code: 'error', message: 'refused' },
    attributes: { 'http.route': '/a' },
    events: [exception],
    traceState: 'a=1',
    links: [
      {
        traceId: madeTraceId,
        spanId: '00f067aa0ba902b7',
        traceState: '',
        flags: 1,
        attributes: { why: 'batch' },
        droppedAttributes: 0,
      },
    ],
  });
  const good: ExpectedTrace = { name: 'GET', status: 'error' };

  test.each<[string, Partial<ExpectedTrace>]>([
    [
      'all of them',
      {
        service: /^a/,
        kind: 'client',
        status: { code: 'error', message: /refused/ },
        scope: 'made',
        traceState: 'a=1',
        attributes: { 'http.route': '/a', other: undefined },
        resource: { 'service.name': 'api' },
        events: [{ name: 'exception', attributes: { 'exception.type': /Error$/ } }],
        links: [{ traceId: madeTraceId, spanId: '00f067aa0ba902b7', attributes: { why: 'batch' } }],
      },
    ],
    ['any status', { status: 'any' }],
    ['a predicate for the name', { name: (name) => name === 'GET' }],
  ])('%s', (_what, facts) => {
    expect(marked(span, { ...good, ...facts })).toEqual([]);
  });

  test.each<[string, Partial<ExpectedTrace>]>([
    ['name: expected "POST", got "GET"', { name: 'POST' }],
    ['service: expected "gateway", got "api"', { service: 'gateway' }],
    ['kind: expected "server", got "client"', { kind: 'server' }],
    ['status: expected "ok", got "error"', { status: 'ok' }],
    ['status: expected "unset", got "error"', { status: 'unset' }],
    [
      'status message: expected /timeout/, got "refused"',
      { status: { code: 'error', message: /timeout/ } },
    ],
    ['attributes["http.route"]: expected "/b", got "/a"', { attributes: { 'http.route': '/b' } }],
    [
      'attributes["http.route"]: expected absent, got "/a"',
      { attributes: { 'http.route': undefined } },
    ],
    [
      'attributes["missing"]: expected [Number], absent',
      { attributes: { missing: Number as never } },
    ],
    ['events: expected 0, got 1 (exception)', { events: [] }],
    [
      'events: expected 2, got 1 (exception)',
      { events: [{ name: 'exception' }, { name: 'exception' }] },
    ],
    ['events[0].name: expected "retry", got "exception"', { events: [{ name: 'retry' }] }],
    [
      'events[0].attributes["exception.type"]: expected "RangeError", got "TypeError"',
      { events: [{ name: 'exception', attributes: { 'exception.type': 'RangeError' } }] },
    ],
    ['links: expected 0, got 1', { links: [] }],
    ['links[0].spanId: expected "0", got "00f067aa0ba902b7"', { links: [{ spanId: '0' }] }],
    ['scope: expected "pg", got "made"', { scope: 'pg' }],
    ['resource["service.version"]: expected "1", absent', { resource: { 'service.version': '1' } }],
    ['traceState: expected "", got "a=1"', { traceState: '' }],
  ])('%s', (difference, facts) => {
    expect(marked(span, { ...good, ...facts })).toEqual([
      '! api GET client error',
      `! ${difference}`,
    ]);
  });

  test('a status that is not stated is anything but an error', () => {
    expect(marked(span, { name: 'GET' })).toContain(
      '! status: expected no error, as none is stated, got error (refused)',
    );
    expect(marked(spansOf({ name: 'GET', status: { code: 'ok' } }), { name: 'GET' })).toEqual([]);
  });
});

describe('siblings', () => {
  const abc = spansOf({ name: 'root', spans: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] });

  test('come in any order, unless ordered is asked for', () => {
    const expected = { name: 'root', spans: [{ name: 'c' }, { name: 'a' }, { name: 'b' }] };
    expect(marked(abc, expected)).toEqual([]);
    expect(marked(abc, expected, { ordered: true })).toEqual([
      '! shop root internal',
      '! spans: expected in the stated order, started as a, b, c',
    ]);
    expect(
      marked(
        abc,
        { name: 'root', spans: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] },
        { ordered: true },
      ),
    ).toEqual([]);
  });

  test('a pattern that fits several does not take the only one for another', () => {
    expect(
      marked(abc, { name: 'root', spans: [{ name: /[ab]/ }, { name: /[bc]/ }, { name: 'b' }] }),
    ).toEqual([]);
    expect(
      marked(abc, { name: 'root', spans: [{ name: /./ }, { name: /[ab]/ }, { name: 'a' }] }),
    ).toEqual([]);
    expect(
      marked(abc, { name: 'root', spans: [{ name: 'a' }, { name: 'a' }, { name: /./ }] }),
    ).not.toEqual([]);
  });

  test('equal ones are counted', () => {
    const three = spansOf({ name: 'root', spans: [{ name: 'q' }, { name: 'q' }, { name: 'q' }] });
    const of = (count: number) => ({
      name: 'root',
      spans: Array.from({ length: count }, () => ({ name: 'q' })),
    });
    expect(marked(three, of(3))).toEqual([]);
    expect(marked(three, of(2))).toEqual(['+ shop q internal (unexpected)']);
    expect(marked(three, of(4))).toEqual(['- q (missing)']);
  });

  test('a thousand equal ones take no time to speak of', () => {
    const spans = Array.from({ length: 1000 }, () => ({ name: 'q' }));
    const start = performance.now();
    expect(marked(spansOf({ name: 'root', spans }), { name: 'root', spans })).toEqual([]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('what is returned', () => {
  const { matched } = matchTrace(traceOf(spansOf(made).toReversed()), stated);

  test('spans by their path', () => {
    expect(matched?.span('GET /something')).toMatchObject({ service: 'gateway', kind: 'server' });
    expect(matched?.span('GET /something', 'GET', 'GET /something')).toMatchObject({
      service: 'api',
    });
    expect(() => matched?.span('GET /something', 'POST')).toThrow(
      'no span at GET /something > POST; there are: GET /something, GET /something > GET, GET /something > GET > GET /something',
    );
  });

  test('the tree, with children in the stated order', () => {
    const abc = spansOf({ name: 'root', spans: [{ name: 'a' }, { name: 'b' }] });
    const match = matchTrace(traceOf(abc), { name: 'root', spans: [{ name: 'b' }, { name: 'a' }] });
    expect(match.matched?.root.children.map(({ span }) => span.name)).toEqual(['b', 'a']);
    expect(match.matched).toMatchObject({ traceId: madeTraceId, spans: abc });
  });
});
