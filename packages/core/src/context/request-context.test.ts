import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import {
  context,
  createContextKey,
  INVALID_SPAN_CONTEXT,
  ROOT_CONTEXT,
  trace,
} from '@opentelemetry/api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AsyncContext } from './async-context.ts';
import { RequestContext, requestOfNow } from './request-context.ts';

const request = new IncomingMessage(new Socket());
const span = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
const other = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
const serving = new RequestContext(ROOT_CONTEXT, span, request);

beforeEach(() => void context.setGlobalContextManager(new AsyncContext()));
afterEach(() => context.disable());

it('is known to everything that runs in it, and to nothing outside', () => {
  expect(context.with(serving, requestOfNow)).toBe(request);
  expect(requestOfNow()).toBeUndefined();
});

it('is known below another span and another value too', () => {
  const below = trace.setSpan(serving, other);
  expect(trace.getSpan(below)).toBe(other);
  expect(context.with(below, requestOfNow)).toBe(request);
  const key = createContextKey('tenant');
  const valued = serving.setValue(key, 'a');
  expect([valued.getValue(key), trace.getSpan(valued)]).toEqual(['a', span]);
  expect(context.with(valued, requestOfNow)).toBe(request);
});

it('is let go, also below other values: what was begun in it and lasts keeps its span alone', () => {
  const own = new RequestContext(ROOT_CONTEXT, span, request);
  const below = trace.setSpan(own.setValue(createContextKey('tenant'), 'a'), other);
  own.leave();
  expect(context.with(own, requestOfNow)).toBeUndefined();
  expect(context.with(below, requestOfNow)).toBeUndefined();
  expect(trace.getSpan(own)).toBe(span);
});
