import { expect, it } from 'vitest';
import { literalsIn } from './expressions-of.ts';

it('finds expressions, not divisions, comments or texts', () => {
  const text = [
    'const half = a / b / c;',
    '// /no/',
    "const url = 'http://x/y/';",
    'x.replace(/[/]+$/gi, ""); const y = cond ? /a\\/b/ : null;',
  ].join('\n');
  expect(literalsIn(text, 'a.ts')).toEqual([
    { source: '[/]+$', flags: 'gi', place: 'a.ts:4' },
    { source: 'a\\/b', flags: '', place: 'a.ts:4' },
  ]);
});
