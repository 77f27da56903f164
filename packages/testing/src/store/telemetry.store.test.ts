import { expect, test } from 'vitest';
import { batchOf, logOf, metricOf, spansOf } from '../../test/telemetry.ts';
import type { Span } from '../telemetry.ts';
import { createStore } from './telemetry.store.ts';

const other = '0af7651916cd43dd8448eb211c80319c';

test('spans are found by trace id, in the order they arrived', () => {
  const store = createStore();
  const [root, child] = spansOf({ name: 'root', spans: [{ name: 'child' }] }) as [Span, Span];
  store.add(batchOf({ spans: [child, ...spansOf({ name: 'alone', traceId: other })] }));
  store.add(batchOf({ spans: [root], logs: [logOf({})], metrics: [metricOf({})] }));
  expect(store.traces().map(({ spans }) => spans.map(({ name }) => name))).toEqual([
    ['child', 'root'],
    ['alone'],
  ]);
  expect(store.trace(other.toUpperCase())?.spans[0]?.name).toBe('alone');
  expect(store.trace('none')).toBeUndefined();
  expect(store.counts).toEqual({ batches: 2, traces: 2, spans: 3, logs: 1, metrics: 1 });
});

test('clear() forgets everything', () => {
  const store = createStore();
  store.add(
    batchOf({ spans: spansOf({ name: 'root' }), logs: [logOf({})], metrics: [metricOf({})] }),
  );
  store.clear();
  expect(store.counts).toEqual({ batches: 0, traces: 0, spans: 0, logs: 0, metrics: 0 });
  expect([store.traces(), store.spans(), store.logs(), store.metrics()]).toEqual([[], [], [], []]);
});

test('waitFor resolves at once when it is there already', async () => {
  const store = createStore();
  store.add(batchOf({ logs: [logOf({ body: 'first' })] }));
  expect(await store.waitFor((now) => now.logs()[0]?.body, { timeout: 0 })).toBe('first');
});

test('waitFor resolves on the arrival, without a timer between', async () => {
  const store = createStore();
  let asked = 0;
  const waiting = store.waitFor((now) => {
    asked += 1;
    return now.counts.logs >= 2;
  });
  store.add(batchOf({ logs: [logOf({})] }));
  store.add(batchOf({ logs: [logOf({})] }));
  store.add(batchOf({ logs: [logOf({})] }));
  expect(await waiting).toBe(true);
  expect(asked).toBe(3);
});

test('0 and an empty text are results, not a no', async () => {
  const store = createStore();
  expect(await store.waitFor(() => 0)).toBe(0);
  expect(await store.waitFor(() => '')).toBe('');
});

test('waitFor says what did not arrive in time', async () => {
  const waiting = createStore().waitFor(() => undefined, { timeout: 5, what: 'the second batch' });
  await expect(waiting).rejects.toThrow('the second batch did not arrive within 5 ms');
});

test('an error in the predicate ends the waiting, and the others still wait', async () => {
  const store = createStore();
  const broken = store.waitFor((now) => {
    if (now.counts.batches > 0) throw new Error('broken predicate');
  });
  const fine = store.waitFor((now) => now.counts.batches >= 2 && now.counts.batches);
  const failing = expect(broken).rejects.toThrow('broken predicate');
  store.add(batchOf({}));
  await failing;
  await expect(
    store.waitFor(() => {
      throw new Error('at once');
    }),
  ).rejects.toThrow('at once');
  store.add(batchOf({}));
  expect(await fine).toBe(2);
});

test('a closed store lets nobody wait', async () => {
  const store = createStore();
  const waiting = store.waitFor(() => false, { what: 'a trace' });
  store.close();
  await expect(waiting).rejects.toThrow('the store was closed while waiting for a trace');
});
