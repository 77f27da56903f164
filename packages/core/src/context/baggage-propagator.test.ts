import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
} from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { BaggagePropagator } from './baggage-propagator.ts';

const propagator = new BaggagePropagator();

function passedOn(baggage: string | string[]) {
  const context = propagator.extract(ROOT_CONTEXT, { baggage }, defaultTextMapGetter);
  const sent: Record<string, string> = {};
  propagator.inject(context, sent, defaultTextMapSetter);
  const entries = propagation.getBaggage(context)?.getAllEntries() ?? [];
  return { sent: sent['baggage'], values: entries.map(([key, { value }]) => [key, value]) };
}

it.each([
  [
    'a=1,b=2',
    [
      ['a', '1'],
      ['b', '2'],
    ],
    'a=1,b=2',
  ],
  [
    ' a = 1 \t,\tb=2 ',
    [
      ['a', '1'],
      ['b', '2'],
    ],
    'a=1,b=2',
  ],
  ['a=', [['a', '']], 'a='],
  ['a=x=y', [['a', 'x=y']], 'a=x%3Dy'],
  [
    'a=%C3%A9,b=%20',
    [
      ['a', 'é'],
      ['b', ' '],
    ],
    'a=%C3%A9,b=%20',
  ],
  [
    'a=%FF%41,b=100%',
    [
      ['a', '\ufffdA'],
      ['b', '100%'],
    ],
    'a=%EF%BF%BDA,b=100%25',
  ],
  ['a=1;p=q;r', [['a', '1']], 'a=1;p=q;r'],
  ['a=1,a=2', [['a', '2']], 'a=2'],
  ['a,=1,;p=1,,b=2', [['b', '2']], 'b=2'],
  ['', [], undefined],
])('%j', (header, values, sent) => {
  expect(passedOn(header)).toEqual({ values, sent });
});

it('lines of a header are one list', () => {
  expect(passedOn(['a=1', 'b=2']).sent).toBe('a=1,b=2');
});

// Baggage without a bound: CVE-2026-54285 (JavaScript), -29181 and -41178 (Go), -40894 (.NET), -45292 (Java).
it('1 MB in one header or in a thousand: 8192 bytes and 180 entries at most', () => {
  const entries = Array.from({ length: 100_000 }, (_, n) => `key${n}=1`);
  const lines = Array.from({ length: 1000 }, (_, n) =>
    entries.slice(100 * n, 100 * n + 100).join(),
  );
  for (const header of [entries.join(), lines, ','.repeat(1_000_000), 'x'.repeat(1_000_000)]) {
    const { values, sent = '' } = passedOn(header);
    expect(values.length).toBeLessThanOrEqual(180);
    expect(sent.length).toBeLessThanOrEqual(8192);
  }
});

it('leaves out entries that go beyond 8192 bytes or 180 entries, whole', () => {
  const long = passedOn(`a=1,b=${'x'.repeat(8188)},c=3`);
  expect(long.values).toEqual([['a', '1']]);
  const many = Array.from({ length: 200 }, (_, n) => `k${n}=1`).join(',');
  expect(passedOn(many).values).toHaveLength(180);
  const most = `a=${'x'.repeat(8190)}`;
  expect(passedOn(most).sent).toBe(most);
});
