import { describe, expect, it } from 'vitest';
import { rulesFromText } from './rules-from-text.ts';

describe('the short form of sampling rules', () => {
  it.each([
    ['/x -> drop', { path: '/x', sampler: { alwaysOff: {} } }],
    ['/x -> keep', { path: '/x', sampler: { alwaysOn: {} } }],
    ['/x->Ratio 0.1', { path: '/x', sampler: { traceIdRatioBased: { ratio: 0.1 } } }],
    ['* -> rate 0.5', { path: '*', sampler: { rateLimited: { tracesPerSecond: 0.5 } } }],
    [
      'GET,HEAD /feed/* -> drop',
      { methods: ['GET', 'HEAD'], path: '/feed/*', sampler: { alwaysOff: {} } },
    ],
    [
      'kind:Consumer,client tenant.id=a%20b size=3 -> drop',
      {
        spanKinds: ['consumer', 'client'],
        attributes: { 'tenant.id': 'a b', size: '3' },
        sampler: { alwaysOff: {} },
      },
    ],
  ])('%s', (text, rule) => {
    expect(rulesFromText(text)).toEqual([rule]);
  });

  it('takes several, in their order', () => {
    expect(rulesFromText(' /a -> keep ; /b -> drop;')?.map(({ path }) => path)).toEqual([
      '/a',
      '/b',
    ]);
  });

  it.each([
    '/x',
    '-> drop',
    '/x -> perhaps',
    '/x -> ratio',
    '/x -> ratio 2',
    '/x -> rate -1',
    '/x -> rate infinity',
    '/x -> drop 1',
    '/x -> drop -> keep',
    'kind:sender -> drop',
    'word -> drop',
    'a=%zz -> drop',
    '/x -> drop; nonsense',
  ])('refuses %s', (text) => {
    expect(rulesFromText(text)).toBeUndefined();
  });
});
