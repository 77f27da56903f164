import { trace } from '@opentelemetry/api';
import { collectMetrics, init } from '@org/otel-core';
import { startCollector } from '@org/otel-testing/collector';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => vi.unstubAllEnvs());

/** What is reported of the fate of these items, by error type. */
function exported(item: string): Promise<Record<string, unknown> | undefined> {
  return byErrorType(`otel.sdk.exporter.${item}.exported`);
}

async function find(name: string) {
  const { scopeMetrics = [] } = (await collectMetrics()) ?? {};
  return scopeMetrics
    .flatMap(({ metrics }) => metrics)
    .find(({ descriptor }) => descriptor.name === name);
}

async function byErrorType(name: string): Promise<Record<string, unknown> | undefined> {
  const metric = await find(name);
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
  expect(await find('otel.sdk.processor.span.processed')).toBeUndefined();
  expect(await find('otel.sdk.exporter.operation.duration')).toBeUndefined();
});

it('tells of the queue: processed, size, capacity, in flight, and what found it full', async () => {
  vi.stubEnv('OTEL_BSP_MAX_QUEUE_SIZE', '10');
  vi.stubEnv('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '10');
  vi.stubEnv('OTEL_METRICS_EXPORTER', 'none');
  const answer = Promise.withResolvers<object>();
  await using collector = await startCollector({ respond: () => answer.promise });
  await using telemetry = init({ exporter: { otlpHttp: { endpoint: collector.url } } });
  const processed = () => byErrorType('otel.sdk.processor.span.processed');
  expect(await processed()).toEqual({ none: 0, queue_full: 0, already_shutdown: 0 });
  end(10);
  await vi.waitFor(() => expect(collector.requests).toHaveLength(1), 10_000);
  end(3);
  expect(await processed()).toEqual({ none: 10, queue_full: 0, already_shutdown: 0 });
  expect(await byErrorType('otel.sdk.processor.span.queue.size')).toEqual({ none: 3 });
  expect(await byErrorType('otel.sdk.processor.span.queue.capacity')).toEqual({ none: 10 });
  expect(await byErrorType('otel.sdk.exporter.span.inflight')).toEqual({ none: 10 });
  expect(await byErrorType('otel.sdk.exporter.log.inflight')).toEqual({ none: 0 });
  end(9);
  expect(await processed()).toMatchObject({ queue_full: 2 });
  answer.resolve({});
  await telemetry.forceFlush();
  expect(await processed()).toEqual({ none: 20, queue_full: 2, already_shutdown: 0 });
  expect(await byErrorType('otel.sdk.exporter.span.inflight')).toEqual({ none: 0 });
});

it('tells how long exports took, by signal, receiver and outcome', async () => {
  vi.stubEnv('OTEL_METRICS_EXPORTER', 'none');
  let status = 200;
  await using collector = await startCollector({ respond: () => ({ status }) });
  await using telemetry = init({ exporter: { otlpHttp: { endpoint: collector.url } } });
  end(1);
  await telemetry.forceFlush();
  status = 400;
  end(1);
  await telemetry.forceFlush();
  const metric = await find('otel.sdk.exporter.operation.duration');
  expect(metric?.descriptor).toMatchObject({ unit: 's', advice: {} });
  const to = {
    'otel.component.type': 'otlp_http_span_exporter',
    'server.address': '127.0.0.1',
    'server.port': collector.port,
  };
  expect(metric?.dataPoints.map(({ attributes, value }) => [attributes, value])).toEqual([
    [to, expect.objectContaining({ count: 1 })],
    [{ ...to, 'error.type': 'rejected' }, expect.objectContaining({ count: 1 })],
  ]);
});

it('arrives at a collector', async () => {
  await using collector = await startCollector();
  await using telemetry = init({ exporter: { otlpHttp: { endpoint: collector.url } } });
  end(1);
  await telemetry.forceFlush();
  await telemetry.forceFlush();
  const names = new Set(collector.store.metrics().map(({ name }) => name));
  for (const name of [
    'otel.sdk.processor.span.processed',
    'otel.sdk.processor.log.queue.size',
    'otel.sdk.processor.log.queue.capacity',
    'otel.sdk.exporter.metric_data_point.inflight',
    'otel.sdk.exporter.operation.duration',
  ]) {
    expect(names).toContain(name);
  }
});

it('an exporter of the application’s own is counted as ours are', async () => {
  vi.stubEnv('OTEL_TRACES_EXPORTER', 'none');
  let code = 0;
  const own = {
    export: (_: unknown, done: (result: { code: number }) => void) => done({ code }),
    shutdown: async () => {},
  };
  await using collector = await startCollector();
  await using telemetry = init({
    exporter: { otlpHttp: { endpoint: collector.url } },
    spanExporters: [own],
  });
  end(3);
  await telemetry.forceFlush();
  code = 1;
  end(2);
  await telemetry.forceFlush();
  expect(await exported('span')).toEqual({ none: 3, rejected: 2, dropped: 0 });
  expect(telemetry.stats().traces).toEqual({ queued: 0, exported: 3, dropped: 0, failed: 2 });
  expect(await byErrorType('otel.sdk.processor.span.processed')).toMatchObject({ none: 5 });
});
