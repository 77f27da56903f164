import { describe, expect, test } from 'vitest';
import { prometheusLabels } from './prometheus-labels.ts';
import { prometheusName } from './prometheus-name.ts';
import { prometheusUnit, unitOfName } from './prometheus-unit.ts';

test.each([
  ['http.server.request.duration', 's', 'other', 'http_server_request_duration_seconds'],
  ['v8js.memory.heap.used', 'By', 'other', 'v8js_memory_heap_used_bytes'],
  ['nodejs.eventloop.time', 's', 'counter', 'nodejs_eventloop_time_seconds_total'],
  ['nodejs.eventloop.utilization', '1', 'gauge', 'nodejs_eventloop_utilization_ratio'],
  ['orders.created', '{order}', 'counter', 'orders_created_total'],
  ['orders.created.total', '', 'counter', 'orders_created_total'],
  ['orders.open', '1', 'other', 'orders_open'],
  ['http.server.active_requests', '{request}', 'other', 'http_server_active_requests'],
  ['wait_seconds', 's', 'gauge', 'wait_seconds'],
  ['network.io', 'By/s', 'gauge', 'network_io_bytes_per_second'],
  ['errors', '{error}/min', 'gauge', 'errors_per_minute'],
  ['2nd.try', '', 'gauge', '_2nd_try'],
  ['odd--name..x', 'furlong', 'gauge', 'odd_name_x_furlong'],
  ['total', '', 'counter', 'total'],
] as const)('%s in "%s" (%s) -> %s', (name, unit, kind, expected) => {
  expect(prometheusName({ name, unit, kind })).toBe(expected);
});

test.each([
  ['process_cpu_seconds_total', 's'],
  ['nodejs_heap_size_total_bytes', 'By'],
  ['cache_hit_ratio', '1'],
  ['reads_bytes_per_second', ''],
  ['orders_total', ''],
  ['seconds', 's'],
  ['nodejs_version_info', ''],
])('the unit of %s is "%s"', (name, unit) => {
  expect(unitOfName(name)).toBe(unit);
});

test('a unit without a word stays as it is', () => {
  expect(prometheusUnit('1')).toBe('');
  expect(prometheusUnit('{a}')).toBe('');
  expect(prometheusUnit('1/s')).toBe('per_second');
  expect(prometheusUnit('fathom²')).toBe('fathom');
});

describe('labels', () => {
  test('keys are made valid, values are text', () => {
    expect(
      prometheusLabels({
        'http.route': '/a',
        '9x': true,
        n: 5,
        list: ['a', 'b'],
        ä: 'u',
        gone: undefined,
      }),
    ).toEqual({ http_route: '/a', _9x: 'true', n: '5', list: '["a","b"]', _: 'u' });
  });

  test('two keys that become one keep both values, in the order of the keys', () => {
    expect(prometheusLabels({ a_b: '2', 'a.b': '1' })).toEqual({ a_b: '1;2' });
  });
});
