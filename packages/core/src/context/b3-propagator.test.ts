import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  type SpanContext,
  trace,
} from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { B3Propagator } from './b3-propagator.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

function extract(headers: Record<string, string>): SpanContext | undefined {
  const context = new B3Propagator('single').extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
  return trace.getSpanContext(context);
}

function passedOn(headers: Record<string, string>, form: 'single' | 'multi') {
  const propagator = new B3Propagator(form);
  const context = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
  const sent: Record<string, string> = {};
  propagator.inject(context, sent, defaultTextMapSetter);
  return sent;
}

const several = { 'x-b3-traceid': traceId, 'x-b3-spanid': spanId };

describe('B3', () => {
  it.each([
    ['sampled', { b3: `${traceId}-${spanId}-1` }, 1],
    ['not sampled', { b3: `${traceId}-${spanId}-0` }, 0],
    ['debug', { b3: `${traceId}-${spanId}-d` }, 1],
    ['no decision', { b3: `${traceId}-${spanId}` }, 0],
    ['with a parent', { b3: `${traceId}-${spanId}-1-${'c'.repeat(16)}` }, 1],
    ['capitals', { b3: `${traceId.toUpperCase()}-${spanId.toUpperCase()}-1` }, 1],
    ['several headers', { ...several, 'x-b3-sampled': '1' }, 1],
    ['several, true', { ...several, 'x-b3-sampled': 'true' }, 1],
    ['several, false', { ...several, 'x-b3-sampled': 'false' }, 0],
    ['several, debug', { ...several, 'x-b3-flags': '1' }, 1],
    ['both, one of them broken', { b3: 'x', ...several, 'x-b3-sampled': '1' }, 1],
  ])('%s', (_, headers, traceFlags) => {
    expect(extract(headers)).toEqual({ traceId, spanId, traceFlags, isRemote: true });
  });

  it('a trace id of 64 bits is filled up', () => {
    expect(extract({ b3: `${spanId}-${spanId}-1` })?.traceId).toBe('0'.repeat(16) + spanId);
  });

  it.each([
    { b3: '0' },
    { b3: '' },
    { b3: `${traceId}-${spanId}-2` },
    { b3: `${traceId}-${spanId}-1-x` },
    { b3: `${'0'.repeat(32)}-${spanId}-1` },
    { b3: `${traceId}-${'0'.repeat(16)}-1` },
    { b3: `${traceId.slice(1)}-${spanId}-1` },
    { 'x-b3-traceid': traceId },
    { ...several, 'x-b3-sampled': 'perhaps' },
  ])('nothing of %j', (headers) => {
    expect(extract(headers)).toBeUndefined();
  });

  it('debug is passed on, in the form that is asked for', () => {
    const debug = { b3: `${traceId}-${spanId}-d` };
    expect(passedOn(debug, 'single')).toEqual(debug);
    expect(passedOn(debug, 'multi')).toEqual({ ...several, 'x-b3-flags': '1' });
    expect(passedOn({ b3: `${traceId}-${spanId}-0` }, 'multi')).toEqual({
      ...several,
      'x-b3-sampled': '0',
    });
  });
});
