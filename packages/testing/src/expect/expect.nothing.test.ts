import { expect, test } from 'vitest';
import { batchOf, logOf, metricOf, spansOf } from '../../test/telemetry.ts';
import { createStore } from '../store/telemetry.store.ts';
import { expectNoLog, expectNoMetric, expectNoTrace } from './expect.nothing.ts';

function filled() {
  const store = createStore();
  const spans = spansOf({
    name: 'GET /health',
    service: 'api',
    status: { code: 'error' },
    spans: [{ name: 'inner' }],
  });
  const metrics = [metricOf({ name: 'orders', points: [{ value: 3 }] })];
  store.add(batchOf({ spans, logs: [logOf({ body: 'hello' })], metrics }));
  return store;
}

test('what is not there passes', async () => {
  await expectNoTrace(filled(), { name: 'GET /orders' });
  await expectNoTrace(filled(), { name: 'GET /health', service: 'gateway' });
  await expectNoLog(filled(), { body: /bye/ });
  await expectNoMetric(filled(), { name: 'orders', value: 4 });
  for (const none of [expectNoTrace, expectNoLog, expectNoMetric]) await none(createStore());
});

test('what is there fails, and is shown', async () => {
  await expect(expectNoTrace(filled(), { name: 'GET /health' })).rejects.toThrow(
    /^expectNoTrace: 1 trace arrived:\n {2}trace .*\n {2}api {2}GET \/health/,
  );
  await expect(expectNoTrace(filled(), { name: 'inner' })).rejects.toThrow('inner');
  await expect(expectNoLog(filled(), { body: 'hello' })).rejects.toThrow(
    /^expectNoLog: 1 log record arrived:\n.*hello/,
  );
  await expect(expectNoMetric(filled(), { name: 'orders' })).rejects.toThrow(
    /^expectNoMetric: 1 data point arrived:\n.*orders/,
  );
});

test('with nothing stated, anything fails', async () => {
  for (const none of [expectNoTrace, expectNoLog, expectNoMetric]) {
    await expect(none(filled())).rejects.toThrow('arrived:');
  }
});

test('the look is after the flush', async () => {
  for (const none of [expectNoTrace, expectNoLog, expectNoMetric]) {
    const store = createStore();
    const flush = async () => {
      const { spans, logs, metrics } = {
        spans: filled().spans(),
        logs: filled().logs(),
        metrics: filled().metrics(),
      };
      store.add({ spans, logs, metrics });
    };
    await expect(none(store, {}, { after: flush })).rejects.toThrow('arrived:');
  }
});
