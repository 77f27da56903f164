import { type Context, context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { Resends, type Sent } from './resends.ts';

const inSpan = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  traceFlags: 1,
});

function sent(method: string, caller: Context = inSpan, resendCount = 0): Sent {
  const target = { method, scheme: 'http', host: 'a.example', port: 80, resendCount };
  const url = () => 'http://a.example/x/y';
  return { context: caller, target: { ...target, url, headerOf: () => undefined } };
}

function countOf(resends: Resends, url: string, method = 'GET', caller = inSpan): number {
  return resends.countOf(caller, method, () => url);
}

const redirect = (resends: Resends, location: string, count = 0) =>
  resends.answered(sent('POST', inSpan, count), 302, () => location);

it('knows a request by where the one before was sent on to, once', () => {
  const resends = new Resends();
  redirect(resends, '../z#part', 2);
  expect(countOf(resends, 'http://a.example/other')).toBe(0);
  expect(countOf(resends, 'http://a.example/z')).toBe(3);
  expect(countOf(resends, 'http://a.example/z')).toBe(0);
});

it.each([500, 503, 401, 408, 425, 429])('knows the one after a %d', (status) => {
  const resends = new Resends();
  resends.answered(sent('GET'), status, () => undefined);
  expect(countOf(resends, 'http://a.example/x/y', 'PUT')).toBe(0);
  expect(countOf(resends, 'http://a.example/x/y')).toBe(1);
});

it.each([200, 201, 304, 400, 404])('expects none after a %d', (status) => {
  const resends = new Resends();
  resends.answered(sent('GET'), status, () => undefined);
  expect(countOf(resends, 'http://a.example/x/y')).toBe(0);
});

it('takes no POST for another attempt, and nothing where no span holds them together', () => {
  const resends = new Resends();
  resends.failed(sent('POST'));
  expect(countOf(resends, 'http://a.example/x/y', 'POST')).toBe(0);
  resends.failed(sent('GET', context.active()));
  expect(countOf(resends, 'http://a.example/x/y', 'GET', context.active())).toBe(0);
});

it('does not fall over what is no URL', () => {
  const resends = new Resends();
  redirect(resends, 'http://');
  redirect(resends, 'z');
  expect(countOf(resends, 'not a url')).toBe(0);
});

it('forgets the oldest of those that nobody follows', () => {
  const resends = new Resends();
  for (let n = 0; n < 100; n++) redirect(resends, `/${n}`);
  expect(countOf(resends, 'http://a.example/1')).toBe(0);
  expect(countOf(resends, 'http://a.example/99')).toBe(1);
});
