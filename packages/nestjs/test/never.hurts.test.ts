import { isPromise } from 'node:util/types';
import { trace } from '@opentelemetry/api';
import { init } from '@org/otel-core';
import { startCollector } from '@org/otel-testing/collector';
import { expect, test, vi } from 'vitest';
import { hostile } from '../../core/test/hostile.ts';
import { Counter, Histogram, Span, TraceService } from '../src/index.ts';

type Work = (value: unknown) => unknown;

class Shop {
  give(value: unknown) {
    return value;
  }

  async giveLater(value: unknown) {
    return [value];
  }

  fail(value: unknown) {
    throw value;
  }

  async failLater(value: unknown) {
    throw value;
  }
}

/** The methods under every decorator that can stand over one. */
function decorated(): Shop {
  for (const name of ['give', 'giveLater', 'fail', 'failLater'] as const) {
    for (const decorate of [Span(), Counter(`shop.${name}`), Histogram(`shop.${name}.duration`)]) {
      const descriptor = Object.getOwnPropertyDescriptor(Shop.prototype, name) as object;
      const changed = decorate(Shop.prototype, name, descriptor) ?? descriptor;
      Object.defineProperty(Shop.prototype, name, changed);
    }
  }
  return new Shop();
}

/** What comes of the call: the value it gives, or the one it throws or rejects with. */
async function outcomeOf(work: Work, value: unknown): Promise<{ is: unknown }> {
  try {
    const given = work(value);
    return isPromise(given) ? await given.then((is) => ({ is })) : { is: given };
  } catch (is) {
    return { is };
  }
}

test('what decorated methods and withSpan() give, throw and reject with goes through unchanged, whatever it is', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await using collector = await startCollector();
  await using telemetry = init({ exporter: { otlpHttp: { endpoint: collector.url } } });
  const [shop, service] = [decorated(), new TraceService()];
  const under = (work: Work) => (value: unknown) => service.withSpan('under', () => work(value));
  const whole: Work[] = [shop.give, shop.fail, shop.failLater];
  for (const value of hostile) {
    for (const work of [...whole, ...whole.map(under)]) {
      expect((await outcomeOf(work, value)).is === value || Number.isNaN(value)).toBe(true);
    }
    expect(((await outcomeOf(shop.giveLater, value)).is as [unknown])[0]).toSatisfy(
      (given) => given === value || Number.isNaN(value),
    );
  }
  trace.getTracer('app').startSpan('fine').end();
  await telemetry.forceFlush();
  vi.restoreAllMocks();
  const names = collector.store.spans().map(({ name }) => name);
  expect(names).toContain('fine');
  expect(names.filter((name) => name === 'Shop.failLater')).toHaveLength(2 * hostile.length);
});
