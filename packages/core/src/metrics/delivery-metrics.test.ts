import { trace } from '@opentelemetry/api';
import { collectMetrics, init } from '@org/otel-core';
import { startCollector } from '@org/otel-testing/collector';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => vi.unstubAllEnvs());

/** What is reported of the fate of these items, by error type. */
async function exported(item: string): Promise<Record<string, unknown> | undefined> {
  const { scopeMetrics = [] } = (await collectMetrics()) ?? {};
  const metric = scopeMetrics
    .flatMap(({ metrics }) => metrics)
    .find(({ descriptor }) => descriptor.name === `otel.sdk.exporter.${item}.exported`);
  const entries = metric?.dataPoints.map(({ attributes, value }) => [
    attributes['error.type'] ?? 'none',
    value,
  ]);
  return entries && Object.fromEntries(entries);
}

function end(spans: number): void {
  for (let n = 0; n < spans; n++) trace.getTracer('shop').startSpan('pay').end();
}

it('reports what arrived, what was refused and what was dropped', async () => {
  vi.stubEnv('OTEL_BSP_MAX_QUEUE_SIZE', '10');
  vi.stubEnv('OTEL_LOGS_EXPORTER', 'none');
  let status = 200;
  await using collector = await startCollector({ respond: () => ({ status }) });
  await using telemetry = init({ exporter: { otlpHttp: { endpoint: collector.url } } });
  expect(await exported('span')).toEqual({ none: 0, rejected: 0, dropped: 0 });
  end(3);
  await telemetry.forceFlush();
  status = 400;
  end(2);
  await telemetry.forceFlush();
  end(1000); // at once: most find the queue full
  const { dropped } = telemetry.stats().traces;
  expect(dropped).toBeGreaterThan(900);
  expect(await exported('span')).toMatchObject({ none: 3, rejected: 2, dropped });
  expect(await exported('metric_data_point')).toMatchObject({ dropped: 0 });
  expect(await exported('log')).toBeUndefined();
});

it('reports nothing with OTEL_NODE_SDK_METRICS_DISABLED=true', async () => {
  vi.stubEnv('OTEL_NODE_SDK_METRICS_DISABLED', 'true');
  await using collector = await startCollector();
  await using _telemetry = init({ exporter: { otlpHttp: { endpoint: collector.url } } });
  expect(await exported('span')).toBeUndefined();
});
