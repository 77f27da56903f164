import { expectMetric } from '@org/otel-testing';
import { afterEach, expect, it, vi } from 'vitest';
import { ask, observe, serve } from '../../test/observe.ts';

afterEach(() => vi.unstubAllEnvs());

it.each(['protobuf', 'json'] as const)(
  'leads from the duration of a request to its trace, over %s',
  async (encoding) => {
    await using observed = await observe({}, encoding);
    const { collector, telemetry } = observed;
    await using server = await serve((_request, response) => response.end());
    await ask(server.url);
    await telemetry.forceFlush();
    const spans = await collector.store.waitFor((store) => {
      const found = store.spans();
      return found.length > 0 ? found : undefined;
    });
    const span = spans.find(({ kind }) => kind === 'server');
    const { point } = await expectMetric(collector, {
      name: 'http.server.request.duration',
      exemplar: { traceId: String(span?.traceId), spanId: String(span?.spanId) },
    });
    expect(point.exemplars[0]?.value).toBe(point.sum);
    expect(point.exemplars[0]?.time).toBeGreaterThan(point.startTime - 1_000_000_000n);
  },
);

it('makes none with OTEL_METRICS_EXEMPLAR_FILTER=always_off', async () => {
  vi.stubEnv('OTEL_METRICS_EXEMPLAR_FILTER', 'Always_Off');
  await using observed = await observe();
  await using server = await serve((_request, response) => response.end());
  await ask(server.url);
  await observed.telemetry.forceFlush();
  const { point } = await expectMetric(observed.collector, {
    name: 'http.server.request.duration',
    count: 1,
  });
  expect(point.exemplars).toEqual([]);
});
