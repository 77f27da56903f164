import { expect, it } from 'vitest';
import { HeaderTraceState } from './header-trace-state.ts';

const state = HeaderTraceState.parse('a=1, b=2') as HeaderTraceState;

it('a member that is set comes first, an old one makes room, and the rest stays as it was', () => {
  expect(state.set('b', '3').serialize()).toBe('b=3,a=1');
  expect(state.set('c', '4').serialize()).toBe('c=4,a=1,b=2');
  expect(state.unset('a').serialize()).toBe('b=2');
  expect(state.get('a')).toBe('1');
  expect(state.get('c')).toBeUndefined();
  const full = Array.from({ length: 32 }, (_, n) => `k${n}=1`).join(',');
  const moved = HeaderTraceState.parse(full)?.set('new', '1').serialize().split(',');
  expect([moved?.length, moved?.[0], moved?.at(-1)]).toEqual([32, 'new=1', 'k30=1']);
});

it('takes no member that a header cannot hold', () => {
  for (const [key, value] of [
    ['A', '1'],
    ['a', ''],
    ['a', 'x,y'],
    ['a', 'x '],
    ['a', 7],
    ['@a', '1'],
  ]) {
    expect(state.set(key as string, value as string)).toBe(state);
  }
});
