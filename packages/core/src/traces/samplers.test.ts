import { type SpanContext, SpanKind, TraceFlags } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { defaultHealthPaths } from '../settings/health-paths.ts';
import type { SamplerOption, SamplingRule } from '../settings/sampler-option.ts';
import { GivenSubject } from './given-subject.ts';
import type { HeadSampler } from './head-sampler.ts';
import { RateSampler } from './rate-sampler.ts';
import { samplerFor } from './samplers.ts';
import { SpanIds } from './span-ids.ts';

const on: SamplerOption = { alwaysOn: {} };
const off: SamplerOption = { alwaysOff: {} };
const none = new GivenSubject(undefined);

function sampler(
  option: SamplerOption,
  samplingRules: SamplingRule[] = [],
  healthPaths: readonly string[] = defaultHealthPaths,
): HeadSampler {
  return samplerFor({ sampler: option, samplingRules, healthPaths }) as HeadSampler;
}

const parentOf = (traceFlags: number, isRemote: boolean): SpanContext => ({
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  traceFlags,
  isRemote,
});

const remote = {
  kept: parentOf(TraceFlags.SAMPLED, true),
  dropped: parentOf(TraceFlags.NONE, true),
};
const local = {
  kept: parentOf(TraceFlags.SAMPLED, false),
  dropped: parentOf(TraceFlags.NONE, false),
};

function keeps(by: HeadSampler, parent: SpanContext | undefined, subject = none): boolean {
  return by.keeps(parent, new SpanIds(parent), SpanKind.INTERNAL, subject);
}

function serves(by: HeadSampler, method: string, path: string, parent?: SpanContext): boolean {
  const subject = new GivenSubject({ 'http.request.method': method, 'url.path': path });
  return by.keeps(parent, new SpanIds(parent), SpanKind.SERVER, subject);
}

describe('parent-based', () => {
  it('follows the parent, and asks its root where there is none', () => {
    for (const root of [on, off]) {
      const by = sampler({ parentBased: { root } });
      expect(keeps(by, remote.kept)).toBe(true);
      expect(keeps(by, local.kept)).toBe(true);
      expect(keeps(by, remote.dropped)).toBe(false);
      expect(keeps(by, local.dropped)).toBe(false);
      expect(keeps(by, undefined)).toBe(root === on);
    }
  });

  it('asks the sampler that is set for a kind of parent', () => {
    const by = sampler({
      parentBased: {
        root: on,
        remoteParentSampled: off,
        remoteParentNotSampled: on,
        localParentSampled: off,
        localParentNotSampled: on,
      },
    });
    expect(keeps(by, remote.kept)).toBe(false);
    expect(keeps(by, remote.dropped)).toBe(true);
    expect(keeps(by, local.kept)).toBe(false);
    expect(keeps(by, local.dropped)).toBe(true);
  });

  it('is not followed where it is not set', () => {
    expect(keeps(sampler(off), remote.kept)).toBe(false);
    expect(keeps(sampler(on), remote.dropped)).toBe(true);
  });
});

describe('rate limiting', () => {
  function clocked(tracesPerSecond: number) {
    const clock = { now: 0 };
    const by = new RateSampler(tracesPerSecond, () => clock.now);
    const kept = (tries: number) =>
      Array.from({ length: tries }, () => by.keeps(undefined)).filter(Boolean).length;
    return { clock, by, kept };
  }

  it('keeps one second of traces at once, then as many as come in', () => {
    const { clock, kept } = clocked(5);
    expect(kept(100)).toBe(5);
    clock.now += 400;
    expect(kept(100)).toBe(2);
    clock.now += 60_000;
    expect(kept(100)).toBe(5);
  });

  it('keeps N a second over an hour of any pattern', () => {
    const { clock, kept } = clocked(3);
    let total = 0;
    for (let step = 0; step < 36_000; step++) {
      clock.now += 100;
      total += kept(1 + (step % 7));
    }
    expect(total).toBeGreaterThanOrEqual(3 * 3600);
    expect(total).toBeLessThanOrEqual(3 * 3600 + 3);
  });

  it('goes below one a second, and to none', () => {
    const { clock, kept } = clocked(0.5);
    expect(kept(10)).toBe(1);
    clock.now += 1999;
    expect(kept(10)).toBe(0);
    clock.now += 1;
    expect(kept(10)).toBe(1);
    expect(clocked(0).kept(10)).toBe(0);
  });

  it('takes no token for what starts inside a trace of this process', () => {
    const { by, kept } = clocked(2);
    for (let n = 0; n < 10; n++) expect(by.keeps(local.kept)).toBe(true);
    expect(by.keeps(local.dropped)).toBe(false);
    expect(kept(10)).toBe(2);
  });
});

describe('rules', () => {
  const rules: SamplingRule[] = [
    { methods: ['POST', 'PUT'], path: '/orders/*', sampler: on },
    { path: '/orders/*', sampler: off },
    { spanKinds: ['consumer', 'producer'], sampler: off },
    { attributes: { 'tenant.id': 'acme-*' }, sampler: off },
    { attributes: { retries: 3, tags: 'slow' }, sampler: off },
  ];
  const by = sampler({ parentBased: { root: on } }, rules);

  it('the first that matches decides, by method and path', () => {
    expect(serves(by, 'POST', '/orders/7/items')).toBe(true);
    expect(serves(by, 'GET', '/orders/7')).toBe(false);
    expect(serves(by, 'GET', '/orders')).toBe(true);
  });

  it('match by kind', () => {
    const at = (kind: SpanKind) => by.keeps(undefined, new SpanIds(undefined), kind, none);
    expect([SpanKind.CONSUMER, SpanKind.PRODUCER].map(at)).toEqual([false, false]);
    expect([SpanKind.INTERNAL, SpanKind.CLIENT, SpanKind.SERVER].map(at)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('match by attribute, all that are named, in lists too', () => {
    const having = (attributes: object) =>
      keeps(by, undefined, new GivenSubject(attributes as Record<string, string>));
    expect(having({ 'tenant.id': 'acme-7' })).toBe(false);
    expect(having({ 'tenant.id': 'other' })).toBe(true);
    expect(having({ retries: 3 })).toBe(true);
    expect(having({ retries: 3, tags: ['new', 'slow'] })).toBe(false);
  });

  it('are not asked inside a trace', () => {
    expect(serves(by, 'GET', '/orders/7', remote.kept)).toBe(true);
    expect(serves(by, 'GET', '/orders/7', local.kept)).toBe(true);
    expect(serves(by, 'POST', '/orders/7', remote.dropped)).toBe(false);
  });

  it('without parent-based are asked where the process is entered, and followed inside', () => {
    const entry = sampler(on, rules);
    expect(serves(entry, 'GET', '/orders/7', remote.kept)).toBe(false);
    expect(serves(entry, 'POST', '/orders/7', remote.dropped)).toBe(true);
    expect(keeps(entry, local.dropped)).toBe(false);
    expect(keeps(entry, local.kept)).toBe(true);
  });

  it('keep ratio and rate apart for each rule', () => {
    const limited = sampler(off, [
      { path: '/a', sampler: { rateLimited: { tracesPerSecond: 2 } } },
      { path: '/b', sampler: { rateLimited: { tracesPerSecond: 1 } } },
      { path: '/c', sampler: { traceIdRatioBased: { ratio: 1 } } },
    ]);
    const count = (path: string) =>
      Array.from({ length: 5 }, () => serves(limited, 'GET', path)).filter(Boolean).length;
    expect(['/a', '/b', '/c', '/d'].map(count)).toEqual([2, 1, 5, 0]);
  });

  it('are a sampler of their own too', () => {
    const own = sampler({ ruleBased: { rules: [{ path: '/a', sampler: on }], fallback: off } });
    expect(serves(own, 'GET', '/a')).toBe(true);
    expect(serves(own, 'GET', '/b')).toBe(false);
    expect(serves(sampler({ ruleBased: { rules: [] } }), 'GET', '/b')).toBe(true);
  });
});

describe('health paths', () => {
  const byDefault = sampler({ parentBased: { root: on } });

  it.each(defaultHealthPaths)('%s begins no trace by default', (path) => {
    expect(serves(byDefault, 'GET', path)).toBe(false);
    expect(serves(byDefault, 'HEAD', path)).toBe(false);
    expect(serves(byDefault, 'POST', path)).toBe(true);
    expect(serves(byDefault, 'GET', path, remote.kept)).toBe(true);
  });

  it('are nothing to a client, to other paths, and to a list that is empty', () => {
    const subject = new GivenSubject({ 'http.request.method': 'GET', 'url.path': '/health' });
    const client = byDefault.keeps(undefined, new SpanIds(undefined), SpanKind.CLIENT, subject);
    expect(client).toBe(true);
    expect(serves(byDefault, 'GET', '/health/records')).toBe(true);
    expect(serves(sampler(on, [], []), 'GET', '/health')).toBe(true);
  });

  it('come after rules, may be patterns, and hold before any sampler', () => {
    const keepOne = sampler(on, [{ path: '/healthz', sampler: on }], ['/healthz', '/probes/*']);
    expect(serves(keepOne, 'GET', '/healthz')).toBe(true);
    expect(serves(keepOne, 'GET', '/probes/live')).toBe(false);
    const limited = sampler({ rateLimited: { tracesPerSecond: 1 } });
    expect(serves(limited, 'GET', '/health')).toBe(false);
    expect(serves(limited, 'GET', '/')).toBe(true);
  });
});

it("the application's own sampler is taken as it is", () => {
  const own = { shouldSample: () => ({ decision: 0 }), toString: () => 'own' };
  const settings = { sampler: own, samplingRules: [], healthPaths: defaultHealthPaths };
  expect(samplerFor(settings)).toBe(own);
});
