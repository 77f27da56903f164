import { describe, expect, test } from 'vitest';
import { batchOf, madeTraceId, spansOf } from '../../test/telemetry.ts';
import { startCollector } from '../collector.ts';
import { createStore, type TelemetryStore } from '../store/telemetry.store.ts';
import type { Span } from '../telemetry.ts';
import { expectTrace } from './expect.trace.ts';

const other = '0af7651916cd43dd8448eb211c80319c';
const [root, child] = spansOf({ name: 'root', kind: 'server', spans: [{ name: 'child' }] }) as [
  Span,
  Span,
];
const extra = { ...child, spanId: 'ffffffffffffffff', name: 'extra' };
const stated = { name: 'root', spans: [{ name: 'child' }] };
const fast = { timeout: 20, quiet: 0 };

const send = (store: TelemetryStore, ...spans: Span[]) => store.add(batchOf({ spans }));

async function failure(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => expect.fail('it should have failed'),
    (error: Error) => error.message,
  );
}

test('it waits for spans that arrive one by one, the parent last', async () => {
  const store = createStore();
  const found = expectTrace(store, stated);
  send(store, child);
  send(store, root);
  expect(await found).toMatchObject({ traceId: madeTraceId, root: { span: { name: 'root' } } });
});

test('a trace that is there already is found without waiting', async () => {
  const store = createStore();
  send(store, root, child);
  expect((await expectTrace(store, stated, { timeout: 0, quiet: 0 })).spans).toHaveLength(2);
});

test('the right one among others is found, and traceId picks one of two alike', async () => {
  const store = createStore();
  const twin = [root, child].map((span) => ({ ...span, traceId: other }));
  send(store, ...spansOf({ name: 'noise', traceId: 'f'.repeat(32) }), root, child, ...twin);
  expect((await expectTrace(store, stated, fast)).traceId).toBe(madeTraceId);
  expect((await expectTrace(store, stated, { ...fast, traceId: other })).traceId).toBe(other);
});

describe('it fails on', () => {
  test.each<[string, Span[], RegExp]>([
    ['an unexpected span', [root, child, extra], /\+ .*extra {2}internal {2}\(unexpected\)/],
    ['a missing span', [root], /- .*child {2}\(missing\)/],
    [
      'a missing parent',
      [child],
      /parent: expected a root, its parent 0000000000000001 did not arrive/,
    ],
    ['a second root', [root, child, { ...extra, parentSpanId: '' }], /a second root/],
    ['a wrong name', [root, { ...child, name: 'chidl' }], /name: expected "child", got "chidl"/],
    [
      'an error nobody stated',
      [root, { ...child, status: { code: 'error', message: 'x' } }],
      /got error \(x\)/,
    ],
    ['nothing at all', [], /no trace arrived/],
  ])('%s', async (_what, spans, reason) => {
    const store = createStore();
    send(store, ...spans);
    expect(await failure(expectTrace(store, stated, fast))).toMatch(reason);
  });

  test('another trace than the one asked for', async () => {
    const store = createStore();
    send(store, root, child);
    expect(await failure(expectTrace(store, stated, { ...fast, traceId: other }))).toContain(
      'no trace arrived',
    );
  });

  test('a store that is closed meanwhile', async () => {
    const store = createStore();
    const found = failure(expectTrace(store, stated));
    store.close();
    expect(await found).toContain('the store was closed while waiting for the expected trace');
  });
});

describe('a trace that matches must stay as it is', () => {
  test('a span too many within the quiet time spoils it', async () => {
    const store = createStore();
    const found = failure(expectTrace(store, stated, { timeout: 100, quiet: 60 }));
    send(store, root, child);
    queueMicrotask(() => send(store, extra));
    expect(await found).toMatch(/within 100 ms[\s\S]*extra {2}internal {2}\(unexpected\)/);
  });

  test('one that comes with settle spoils it, another trace is found instead', async () => {
    const store = createStore();
    const later = [root, child].map((span) => ({ ...span, traceId: other }));
    send(store, root, child);
    let flushes = 0;
    const settle = async () => {
      flushes += 1;
      if (flushes > 1) return;
      send(store, extra);
      setImmediate(() => send(store, ...later));
    };
    expect((await expectTrace(store, stated, { timeout: 5000, quiet: 1, settle })).traceId).toBe(
      other,
    );
  });

  test('spans of other traces do not disturb it', async () => {
    const store = createStore();
    send(store, root, child);
    const found = expectTrace(store, stated, { quiet: 20 });
    send(store, ...spansOf({ name: 'noise', traceId: other }));
    expect((await found).traceId).toBe(madeTraceId);
  });

  test('an error of settle is passed on', async () => {
    const store = createStore();
    send(store, root, child);
    const settle = () => Promise.reject(new Error('flush failed'));
    expect(await failure(expectTrace(store, stated, { settle }))).toBe('flush failed');
  });
});

test('the message shows the expected tree, the closest one with marks, the others, and what was refused', async () => {
  await using collector = await startCollector();
  await fetch(`${collector.url}/v1/trace`, { method: 'POST' });
  const noise = spansOf({
    name: 'noise',
    service: 'cron',
    traceId: other,
    spans: [{ name: 'tick' }, { name: 'tock' }],
  });
  const spans = spansOf({
    service: 'gateway',
    name: 'GET /a',
    kind: 'server',
    status: { code: 'error', message: 'refused\nby \u001b[31mpeer' },
    spans: [
      { service: 'gateway', name: 'POST', kind: 'client' },
      { service: 'gateway', name: 'middleware' },
    ],
  });
  collector.store.add(batchOf({ spans: [...noise, ...spans] }));
  const message = await failure(
    expectTrace(
      collector,
      {
        service: 'gateway',
        name: 'GET /a',
        kind: 'server',
        spans: [
          {
            service: 'gateway',
            name: /^GET/,
            kind: 'client',
            spans: [{ service: 'api', name: 'GET /a', kind: 'server', spans: 'any' }],
          },
        ],
      },
      fast,
    ),
  );
  expect(message).toMatchInlineSnapshot(`
    "expectTrace: the expected trace did not arrive within 20 ms
    expected:
      gateway  GET /a  server
      └─ gateway  /^GET/  client
         └─ api  GET /a  server  (and any spans below)
    closest of 2 traces that arrived, 4bf92f3577b34da6a3ce929d0e0e4736 (- missing, + unexpected, ! differs):
      ! gateway  GET /a  server  error
      !   │  status: expected no error, as none is stated, got error (refused\\nby \\x1b[31mpeer)
      ! ├─ gateway  POST  client
      !   │  │  name: expected /^GET/, got "POST"
      - │  └─ api  GET /a  server  (missing)
      + └─ gateway  middleware  internal  (unexpected)
    the other traces:
      trace 0af7651916cd43dd8448eb211c80319c  3 spans, 2 services
      cron  noise    internal   12.34 ms
      ├─ shop  tick  internal   12.34 ms
      └─ shop  tock  internal   12.34 ms
    arrived in all: 2 traces (6 spans), 0 log records, 0 metrics; 1 request refused, the last:
      404 /v1/trace: expected /v1/traces, /v1/logs or /v1/metrics, got /v1/trace"
  `);
});
