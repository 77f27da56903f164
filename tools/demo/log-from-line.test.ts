import { expect, it } from 'vitest';
import { logFromLine } from './log-from-line.ts';

it('reads a winston line', () => {
  const line =
    '{"level":"warn","message":"late","spanID":"b7ad6b7169203331","timestamp":"2026-01-02T03:04:05.678Z","traceID":"0af7651916cd43dd8448eb211c80319c","path":"/x"}';
  expect(logFromLine('gateway', line)).toMatchObject({
    service: 'gateway',
    severity: 13,
    severityText: 'warn',
    body: 'late',
    time: 1_767_323_045_678_000_000n,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    attributes: { path: '/x' },
  });
});

it("reads a line of Python's", () => {
  const line =
    '{"timestamp":"2026-01-02T03:04:05.678+00:00","level":"critical","message":"no","trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331"}';
  expect(logFromLine('api-python', line)).toMatchObject({
    severity: 21,
    time: 1_767_323_045_678_000_000n,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    attributes: {},
  });
});

it('has no ids for a line written outside a span, and no record for a line that is not JSON', () => {
  expect(logFromLine('gateway', '{"level":"info","message":"up"}')).toMatchObject({
    traceId: '',
    spanId: '',
    severity: 9,
  });
  expect(logFromLine('gateway', 'Error: crash')).toBeUndefined();
  expect(logFromLine('gateway', '{"level":"inf')).toBeUndefined();
});
