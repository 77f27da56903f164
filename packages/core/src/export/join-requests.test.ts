import { expect, it } from 'vitest';
import { joinJson } from './join-requests.ts';

it('joins the lists of JSON requests', () => {
  const requests = [{ resourceSpans: [{ a: '[1]' }] }, { resourceSpans: [{ b: ']}' }, 3] }];
  const bytes = requests.map((request) => Buffer.from(JSON.stringify(request)));
  expect(JSON.parse(Buffer.from(joinJson(bytes)).toString())).toEqual({
    resourceSpans: [{ a: '[1]' }, { b: ']}' }, 3],
  });
});
