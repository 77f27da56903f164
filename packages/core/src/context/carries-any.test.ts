import { expect, it } from 'vitest';
import { carriesAny } from './carries-any.ts';

const fields = ['traceparent', 'tracestate', 'baggage'];

it('finds a field in any case, as a name and not as a value', () => {
  expect(carriesAny(['Host', 'x', 'Traceparent', '00-…'], fields)).toBe(true);
  expect(carriesAny(['BAGGAGE', 'a=b'], fields)).toBe(true);
  expect(carriesAny(['Host', 'traceparent', 'Accept', 'baggage'], fields)).toBe(false);
  expect(carriesAny([], fields)).toBe(false);
  expect(carriesAny(['traceparent', 'x'], [])).toBe(false);
});
