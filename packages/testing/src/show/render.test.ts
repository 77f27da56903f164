import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { logOf, madeTraceId, metricOf, spansOf } from '../../test/telemetry.ts';
import type { Span } from '../telemetry.ts';
import { renderLog } from './render.log.ts';
import { renderMetric } from './render.metric.ts';
import { renderTrace } from './render.trace.ts';

const spans = spansOf({
  service: 'gateway',
  name: 'GET /something',
  kind: 'server',
  status: { code: 'ok' },
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
          status: { code: 'error', message: 'boom' },
          events: [
            {
              name: 'exception',
              time: 5_500_000n,
              attributes: { 'exception.type': 'TypeError', 'exception.message': 'x is\nnot' },
              droppedAttributes: 0,
            },
          ],
        },
      ],
    },
    { service: 'gateway', name: 'middleware' },
  ],
});
const trace = { traceId: madeTraceId, spans };

test('a trace is a tree with its facts in columns', () => {
  expect(renderTrace(trace)).toMatchInlineSnapshot(`
    "trace 4bf92f3577b34da6a3ce929d0e0e4736  4 spans, 2 services
    gateway  GET /something    server     12.34 ms  OK
    ├─ gateway  GET            client     12.34 ms
    │  └─ api  GET /something  server     12.34 ms  ERROR boom
    │        • exception TypeError: x is\\nnot  +2.50 ms
    └─ gateway  middleware     internal   12.34 ms"
  `);
});

test('roots that should not be are said', () => {
  const [outer, , inner] = spans as [Span, Span, Span];
  const orphan = { ...inner, parentSpanId: '00f067aa0ba902b7' };
  expect(renderTrace({ traceId: madeTraceId, spans: [outer, orphan] })).toMatchInlineSnapshot(`
    "trace 4bf92f3577b34da6a3ce929d0e0e4736  2 spans, 2 services, 2 roots
    gateway  GET /something  server     12.34 ms  OK
    api  GET /something      server     12.34 ms  ERROR boom  (parent 00f067aa0ba902b7 did not arrive)
       • exception TypeError: x is\\nnot  +2.50 ms"
  `);
});

test('colours change nothing but colour', () => {
  const coloured = renderTrace(trace, { colour: true });
  expect(coloured).not.toBe(renderTrace(trace));
  expect(stripVTControlCharacters(coloured)).toBe(renderTrace(trace));
});

test('what a sender wrote can neither colour the terminal nor break a line', () => {
  const nasty = 'a\u001b[2Jb\nc\u009bd';
  const drawn = [
    renderTrace({
      traceId: madeTraceId,
      spans: spansOf({ name: nasty, service: nasty, status: { code: 'error', message: nasty } }),
    }),
    renderLog(
      logOf({ body: nasty, service: nasty, severityText: nasty, attributes: { [nasty]: nasty } }),
    ),
    renderMetric(
      metricOf({
        name: nasty,
        unit: nasty,
        service: nasty,
        points: [{ value: 1, attributes: { [nasty]: nasty } }],
      }),
    ),
  ];
  for (const text of drawn)
    expect(stripVTControlCharacters(text).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  for (const text of drawn) expect(text).not.toContain('\u001b');
  expect(drawn.map((text) => text.split('\n').length)).toEqual([2, 1, 2]);
});

test('a log record is one line', () => {
  const log = logOf({
    service: 'api',
    body: 'order taken',
    attributes: { order: 7 },
    traceId: madeTraceId,
    spanId: '00f067aa0ba902b7',
  });
  expect(
    [
      renderLog(log),
      renderLog(
        logOf({
          severity: 0,
          severityText: '',
          service: '',
          time: 0n,
          observedTime: 1_700_000_000_000_000_000n,
          body: { a: [1, null] },
        }),
      ),
      renderLog(logOf({ severity: 18, severityText: '' })),
    ].join('\n'),
  ).toMatchInlineSnapshot(`
    "22:13:20.123  INFO   api  order taken  trace=4bf92f3577b34da6a3ce929d0e0e4736 span=00f067aa0ba902b7  order=7
    22:13:20.000         { a=[1, null] }
    22:13:20.123  ERROR2  shop  hello"
  `);
  expect(stripVTControlCharacters(renderLog(log, { colour: true }))).toBe(renderLog(log));
});

test('a metric is a line, and one for each point', () => {
  const metric = metricOf({
    service: 'api',
    name: 'duration',
    unit: 's',
    type: 'histogram',
    temporality: 'cumulative',
    points: [{ count: 2, sum: 0.5, attributes: { route: '/a' } }, { value: 3 }, {}],
  });
  expect(renderMetric(metric)).toMatchInlineSnapshot(`
    "api  duration (s)  histogram, cumulative
       count=2 sum=0.5  route="/a"
       3
       (no value)"
  `);
  expect(stripVTControlCharacters(renderMetric(metric, { colour: true }))).toBe(
    renderMetric(metric),
  );
});
