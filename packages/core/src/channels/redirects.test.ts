import { ROOT_CONTEXT } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { Redirects } from './redirects.ts';

const from = 'http://a.example/x/y';
const asked = (redirects: Redirects, url: string) => redirects.countOf(ROOT_CONTEXT, () => url);

it('knows a request by where the one before was sent on to, once', () => {
  const redirects = new Redirects();
  redirects.expect(ROOT_CONTEXT, from, '../z#part', 3);
  expect(asked(redirects, 'http://a.example/other')).toBe(0);
  expect(asked(redirects, 'http://a.example/z')).toBe(3);
  expect(asked(redirects, 'http://a.example/z')).toBe(0);
});

it('does not fall over what is no URL', () => {
  const redirects = new Redirects();
  redirects.expect(ROOT_CONTEXT, from, 'http://', 1);
  redirects.expect(ROOT_CONTEXT, from, 'z', 1);
  expect(asked(redirects, 'not a url')).toBe(0);
});

it('forgets the oldest of those that nobody follows', () => {
  const redirects = new Redirects();
  for (let n = 0; n < 100; n++) redirects.expect(ROOT_CONTEXT, from, `/${n}`, 1);
  expect(asked(redirects, 'http://a.example/1')).toBe(0);
  expect(asked(redirects, 'http://a.example/99')).toBe(1);
});
