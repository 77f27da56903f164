import { expect, test } from 'vitest';
import { batchOf, logOf, madeTraceId } from '../../test/telemetry.ts';
import { createStore } from '../store/telemetry.store.ts';
import { type ExpectedLog, expectLog } from './expect.log.ts';

const span = { traceId: madeTraceId, spanId: '00f067aa0ba902b7' };
const log = logOf({
  ...span,
  service: 'api',
  body: 'order 7 taken',
  severity: 10,
  severityText: 'info',
  eventName: 'order.taken',
  attributes: { order: 7, user: { id: 'a' } },
});

test('it waits for the record, and returns it', async () => {
  const store = createStore();
  const found = expectLog(store, { service: 'api', body: /^order/ });
  store.add(batchOf({ logs: [logOf({})] }));
  store.add(batchOf({ logs: [log] }));
  expect(await found).toBe(log);
});

test.each<ExpectedLog>([
  {},
  {
    service: /^ap/,
    severity: 'info',
    severityText: 'info',
    eventName: 'order.taken',
    scope: 'made',
  },
  { severity: 10, body: 'order 7 taken', attributes: { order: 7, gone: undefined } },
  { attributes: { user: { id: /a/ } }, resource: { 'service.name': 'api' } },
  { span, ...span },
])('%j matches', async (expected) => {
  const store = createStore();
  store.add(batchOf({ logs: [log] }));
  expect(await expectLog(store, expected, { timeout: 0 })).toBe(log);
});

test.each<[string, ExpectedLog]>([
  ['service: expected "gateway", got "api"', { service: 'gateway' }],
  ['body: expected "order 8 taken", got "order 7 taken"', { body: 'order 8 taken' }],
  ['severity: expected warn, got INFO2 (10)', { severity: 'warn' }],
  ['severity: expected 9, got 10', { severity: 9 }],
  ['severityText: expected "INFO", got "info"', { severityText: 'INFO' }],
  ['eventName: expected "", got "order.taken"', { eventName: '' }],
  ['attributes["order"]: expected 8, got 7', { attributes: { order: 8 } }],
  ['attributes["order"]: expected absent, got 7', { attributes: { order: undefined } }],
  [`traceId: expected "", got "${madeTraceId}"`, { traceId: '' }],
  ['spanId: expected /^ff/, got "00f067aa0ba902b7"', { spanId: /^ff/ }],
  [
    'span.spanId: expected "00f067aa0ba902b8", got "00f067aa0ba902b7"',
    { span: { ...span, spanId: '00f067aa0ba902b8' } },
  ],
  [
    `span.traceId: expected "${'0'.repeat(32)}", got "${madeTraceId}"`,
    { span: { ...span, traceId: '0'.repeat(32) } },
  ],
  ['scope: expected "winston", got "made"', { scope: 'winston' }],
  ['resource["service.version"]: expected "1", absent', { resource: { 'service.version': '1' } }],
])('it fails: %s', async (difference, expected) => {
  const store = createStore();
  store.add(batchOf({ logs: [log] }));
  const lines = await expectLog(store, expected, { timeout: 0 }).then(
    () => [],
    (error: Error) => error.message.split('\n'),
  );
  expect(lines.filter((line) => line.startsWith('  !'))).toEqual([`  ! ${difference}`]);
});

test('the message shows the closest records first, and says when there are none', async () => {
  const store = createStore();
  const wanted = { service: 'api', body: 'gone', span };
  await expect(expectLog(store, wanted, { timeout: 5 })).rejects.toThrow(
    'expectLog: the expected log record did not arrive within 5 ms\nno log record arrived\narrived in all: 0 traces (0 spans)',
  );
  store.add(batchOf({ logs: [logOf({ body: 'far away' }), log] }));
  const message = await expectLog(store, wanted, { timeout: 0 }).catch(
    (error: Error) => error.message,
  );
  expect(message).toMatchInlineSnapshot(`
    "expectLog: the expected log record did not arrive within 0 ms
    closest of 2 log records that arrived (! differs):
      22:13:20.123  INFO   api  order 7 taken  trace=4bf92f3577b34da6a3ce929d0e0e4736 span=00f067aa0ba902b7  order=7 user={ id="a" }
      ! body: expected "gone", got "order 7 taken"
      22:13:20.123  INFO   shop  far away
      ! service: expected "api", got "shop"
      ! body: expected "gone", got "far away"
      ! span.traceId: expected "4bf92f3577b34da6a3ce929d0e0e4736", got ""
      ! span.spanId: expected "00f067aa0ba902b7", got ""
    arrived in all: 0 traces (0 spans), 2 log records, 0 metrics"
  `);
});
