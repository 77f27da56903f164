import {
  baggageEntryMetadataFromString,
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  type SpanContext,
  trace,
} from '@opentelemetry/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../test/property-runs.ts';
import type { PropagatorName } from '../settings/propagation-settings.ts';
import { HeaderTraceState } from './header-trace-state.ts';
import { propagatorFor } from './propagators.ts';

const formats: readonly PropagatorName[] = ['tracecontext', 'baggage', 'b3', 'b3multi'];
const ours = formats.map((name) => propagatorFor([name]));
const all = propagatorFor(formats);
const w3c = propagatorFor(['tracecontext']);
const fields = [...all.incomingFields];
const settings = { numRuns: propertyRuns };
const minutes = 600_000;

const digits = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
    .map((letters) => letters.join(''))
    .filter((text) => /[1-9a-f]/.test(text));
const letters = (of: string, maxLength: number) =>
  fc.array(fc.constantFrom(...of), { maxLength }).map((each) => each.join(''));

const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789';
const VALUE = Array.from({ length: 0x5f }, (_, n) => String.fromCharCode(0x20 + n))
  .filter((letter) => letter !== ',' && letter !== '=')
  .join('');
const stateKey = fc
  .tuple(fc.constantFrom(...KEY), letters(`${KEY}_-*/@`, 255))
  .map(([first, rest]) => first + rest);
const stateValue = letters(VALUE, 255).map((text) => `${text}x`);
const stateMembers = fc.uniqueArray(fc.tuple(stateKey, stateValue), {
  selector: ([key]) => key,
  maxLength: 32,
});

const spanContext = fc.record({
  traceId: digits(32),
  spanId: digits(16),
  traceFlags: fc.constantFrom(0, 1, 2, 3),
});

/** What a carrier may hold: anything at all, and texts that look like headers. */
const headerText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-[ -~]*)?$/),
  fc.stringMatching(/^[0-9a-f]{16}-[0-9a-f]{16}-[01d]$/),
  fc.stringMatching(/^([a-z%]{1,4}=[ -~]{0,9}[,;]){0,9}$/),
);
const header = fc.oneof(headerText, fc.array(fc.oneof(headerText, fc.anything())), fc.anything());
const carrier = fc.dictionary(fc.constantFrom(...fields), header as fc.Arbitrary<unknown>);

function sent(context: Context, propagator = all): Record<string, string> {
  const headers: Record<string, string> = {};
  propagator.inject(context, headers, defaultTextMapSetter);
  return headers;
}

function received(headers: unknown, propagator = all): Context {
  return propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter as never);
}

describe('round trip', () => {
  it(
    'W3C Trace Context: ids, flags and state',
    () => {
      const property = fc.property(spanContext, stateMembers, (span, members) => {
        const text = members.map((pair) => pair.join('=')).join(',');
        const traceState = HeaderTraceState.parse(text);
        const context = trace.setSpanContext(
          ROOT_CONTEXT,
          traceState ? { ...span, traceState } : span,
        );
        const back = trace.getSpanContext(received(sent(context, w3c), w3c)) as SpanContext;
        expect(back).toMatchObject({ ...span, isRemote: true });
        expect(back.traceState?.serialize() ?? '').toBe(text);
      });
      fc.assert(property, settings);
    },
    minutes,
  );

  it.each(['b3', 'b3multi'] as const)(
    '%s: ids and the decision',
    (name) => {
      const propagator = propagatorFor([name]);
      const property = fc.property(spanContext, (span) => {
        const context = trace.setSpanContext(ROOT_CONTEXT, span);
        const back = trace.getSpanContext(received(sent(context, propagator), propagator));
        expect(back).toEqual({ ...span, traceFlags: span.traceFlags & 1, isRemote: true });
      });
      fc.assert(property, settings);
    },
    minutes,
  );

  it(
    'W3C Baggage: names and values of any text',
    () => {
      const text = fc.string({ unit: 'grapheme', maxLength: 20 });
      const entries = fc.uniqueArray(fc.tuple(text.filter(Boolean), text), {
        selector: ([key]) => key,
        maxLength: 15,
      });
      const property = fc.property(entries, (pairs) => {
        const baggage = propagation.createBaggage(
          Object.fromEntries(pairs.map(([key, value]) => [key, { value }])),
        );
        const back = propagation.getBaggage(
          received(sent(propagation.setBaggage(ROOT_CONTEXT, baggage))),
        );
        const values = back?.getAllEntries().map(([key, { value }]) => [key, value]) ?? [];
        expect(new Map(values as [string, string][])).toEqual(new Map(pairs));
      });
      fc.assert(property, settings);
    },
    minutes,
  );
});

it(
  'never throws, whatever a carrier or a context holds, and never sends what Node refuses',
  () => {
    const anyText = fc.string({ unit: 'binary' });
    const entries = fc.array(fc.tuple(anyText, anyText, anyText));
    const property = fc.property(carrier, entries, (headers, pairs) => {
      for (const propagator of ours) received(headers, propagator);
      const entry = ([key, value, metadata]: [string, string, string]) =>
        [key, { value, metadata: baggageEntryMetadataFromString(metadata) }] as const;
      const baggage = propagation.createBaggage(Object.fromEntries(pairs.map(entry)));
      const context = propagation.setBaggage(received(headers), baggage);
      for (const value of Object.values(sent(context))) expect(value).toMatch(/^[\x20-\x7e]+$/);
    });
    fc.assert(property, settings);
  },
  minutes,
);

it(
  'keeps the limits in both directions: 8192 bytes and 180 entries of baggage, 32 members of state',
  () => {
    const size = fc.nat({ max: 400 });
    const property = fc.property(size, size, fc.boolean(), (count, length, isState) => {
      const list = Array.from({ length: count }, (_, n) => `k${n}=${'v'.repeat(length)}x`).join(
        ',',
      );
      const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
      const headers = isState ? { traceparent, tracestate: list } : { baggage: list };
      const context = received(headers);
      const back = sent(context);
      expect((back['baggage'] ?? '').length).toBeLessThanOrEqual(8192);
      const entries = propagation.getBaggage(context)?.getAllEntries() ?? [];
      expect(entries.length).toBeLessThanOrEqual(180);
      expect(entries.every(([, { value }]) => value.length === length + 1)).toBe(true);
      const isLegal = count <= 32 && length < 256;
      expect(back['tracestate']).toBe(isState && isLegal && count > 0 ? list : undefined);
    });
    fc.assert(property, settings);
  },
  minutes,
);

it(
  'continues versions to come by what is known of them, and answers in version 00',
  () => {
    const version = fc.integer({ min: 1, max: 254 }).map((n) => n.toString(16).padStart(2, '0'));
    const more = fc.oneof(fc.constant(''), fc.stringMatching(/^-[!-~]{0,50}$/));
    const flags = fc.nat({ max: 255 });
    const property = fc.property(version, spanContext, flags, more, (v, span, bits, rest) => {
      const text = `${v}-${span.traceId}-${span.spanId}-${bits.toString(16).padStart(2, '0')}`;
      const context = received({ traceparent: text + rest });
      const known = `00-${span.traceId}-${span.spanId}-0${bits & 3}`;
      expect(sent(context)['traceparent']).toBe(known);
      expect(trace.getSpanContext(received({ traceparent: `${text}.${rest}` }))).toBeUndefined();
      expect(trace.getSpanContext(received({ traceparent: `ff${text.slice(2)}` }))).toBeUndefined();
    });
    fc.assert(property, settings);
  },
  minutes,
);

it(
  'does nothing where no header is there: the same context, and each header looked for once at most',
  () => {
    const name = fc.string().filter((text) => !fields.includes(text));
    const property = fc.property(fc.dictionary(name, fc.string()), (headers) => {
      let looked = 0;
      const getter = {
        keys: () => {
          throw new Error('the names of all headers are never asked for');
        },
        get: (from: Record<string, string>, key: string) => {
          looked++;
          return Object.hasOwn(from, key) ? from[key] : undefined;
        },
      };
      for (const propagator of ours) {
        looked = 0;
        expect(propagator.extract(ROOT_CONTEXT, headers, getter)).toBe(ROOT_CONTEXT);
        expect(looked).toBeLessThanOrEqual(2);
      }
    });
    fc.assert(property, settings);
  },
  minutes,
);
