import { setImmediate as turn } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { startCollector } from '@org/otel-testing/collector';
import { expect, it } from 'vitest';
import { init } from '../index.ts';

const attributes = Object.fromEntries(
  Array.from({ length: 128 }, (_, n) => [`attribute.${n}`, `${n} `.padEnd(1000, 'x')]),
);

it.each(['protobuf', 'json'] as const)(
  '512 spans with 128 attributes of 1 KB as %s: all delivered, other work gets its turn many times meanwhile',
  async (encoding) => {
    await using collector = await startCollector();
    const endpoint = collector.url;
    await using telemetry = init({ exporter: { otlpHttp: { endpoint, encoding } } });
    for (let n = 0; n < 512; n++) {
      trace.getTracer('app').startSpan(`${n}`, { attributes }).end();
    }
    let turns = 0;
    const flushed = telemetry.forceFlush().then(() => true);
    while (!(await Promise.race([flushed, turn(false)]))) turns += 1;
    expect(turns).toBeGreaterThan(7);
    expect(telemetry.stats().traces).toEqual({ queued: 0, exported: 512, dropped: 0, failed: 0 });
    const names = collector.store.spans().map(({ name }) => Number(name));
    expect(names).toEqual(Array.from({ length: 512 }, (_, n) => n));
    expect(collector.store.spans()[511]?.attributes).toEqual(attributes);
    const requests = collector.requests.filter(({ signal }) => signal === 'traces');
    expect(requests).toHaveLength(8);
  },
  60_000,
);
