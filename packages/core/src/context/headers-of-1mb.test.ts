import { defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { propagatorFor } from './propagators.ts';

const MB = 1_000_000;
const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const members = (count: number, member: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => member(n)).join(',');

const large: Record<string, Record<string, string | string[]>> = {
  'traceparent of one letter': { traceparent: 'a'.repeat(MB) },
  'traceparent of a version to come': {
    traceparent: `01${traceparent.slice(2)}-${'x'.repeat(MB)}`,
  },
  'tracestate of one value': { traceparent, tracestate: `a=${'x'.repeat(MB)}` },
  'tracestate of 100,000 members': {
    traceparent,
    tracestate: members(MB / 10, (n) => `k${n}=1234`),
  },
  'tracestate of commas': { traceparent, tracestate: ','.repeat(MB) },
  'tracestate of spaces': { traceparent, tracestate: ' '.repeat(MB) },
  'baggage of one value': { baggage: `a=${'x'.repeat(MB)}` },
  'baggage of 100,000 entries': { baggage: members(MB / 10, (n) => `k${n}=1234`) },
  'baggage in 1,000 lines': { baggage: Array(1000).fill(members(100, (n) => `k${n}=1234`)) },
  'baggage of commas': { baggage: ','.repeat(MB) },
  'baggage of spaces': { baggage: ' '.repeat(MB) },
  'baggage of percent signs': { baggage: `a=${'%'.repeat(MB)}` },
  'baggage of properties': { baggage: `a=1${';'.repeat(MB)}` },
  'b3 of one letter': { b3: 'a'.repeat(MB) },
  'b3 of dashes': { b3: '-'.repeat(MB) },
};

const propagator = propagatorFor(['tracecontext', 'baggage', 'b3', 'b3multi']);

/** CPU time of this thread in milliseconds: other processes do not lengthen it. */
function cost(work: () => void): number {
  const { user, system } = process.threadCpuUsage();
  work();
  const now = process.threadCpuUsage();
  return (now.user + now.system - user - system) / 1000;
}

it.each(Object.entries(large))(
  '1 MB: %s is read and sent on in 2 ms at most, median of 30',
  (_, headers) => {
    const costs = Array.from({ length: 30 }, () =>
      cost(() => {
        const context = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
        propagator.inject(context, {}, defaultTextMapSetter);
      }),
    );
    costs.sort((a, b) => a - b);
    expect(costs[15], costs.join()).toBeLessThanOrEqual(2);
  },
);
