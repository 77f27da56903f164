import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { goPart, optionalPart } from '../tools/cache.ts';
import { startJaeger } from './logs/start-stores.ts';
import { startCollectorToPrometheus } from './metrics/start-collector-to-prometheus.ts';
import { type Pay, seconds, startPay } from './metrics/start-pay.ts';
import { type Prometheus, startPrometheus } from './metrics/start-prometheus.ts';
import { freePort } from './support/free-port.ts';

const prometheusBinary = await optionalPart(goPart('prometheus'));
const promtool = await optionalPart(goPart('promtool'));
const collectorBinary = await optionalPart(goPart('otelcol-big'));
const jaegerBinary = await optionalPart(goPart('jaeger'));

const sum = seconds.reduce((total, each) => total + each, 0);
const buckets = [
  [0.1, 1],
  [1, 3],
  [10, 4],
  [Number.POSITIVE_INFINITY, 5],
];

/** Waits until the expression has these values, in any order. */
async function expectValues(
  prometheus: Prometheus,
  expression: string,
  expected: readonly number[],
) {
  await vi.waitFor(
    async () => {
      const values = (await prometheus.query(expression)).map(({ value }) => value);
      expect(values.sort(), expression).toEqual([...expected].sort());
    },
    { timeout: 60_000, interval: 200 },
  );
}

/** Everything the app counted, exactly. */
async function expectPayments(prometheus: Prometheus): Promise<void> {
  const duration = 'http_server_request_duration_seconds_count{http_route="/pay"}';
  await expectValues(prometheus, duration, [seconds.length]);
  for (const histogram of ['prom_pay_seconds', 'otel_pay_seconds']) {
    await expectValues(prometheus, `${histogram}_count{kind="card"}`, [seconds.length]);
    await expectValues(prometheus, `${histogram}_sum{kind="card"}`, [sum]);
    const series = await prometheus.query(`${histogram}_bucket{kind="card"}`);
    const found = series.map(({ labels, value }) => [
      Number(labels['le']?.replace('+Inf', 'Infinity')),
      value,
    ]);
    expect(found.sort(([a = 0], [b = 0]) => a - b)).toEqual(buckets);
  }
  await expectValues(prometheus, 'prom_paid_total{kind="card"}', [seconds.length]);
  await expectValues(prometheus, 'otel_paid_total{kind="card"}', [seconds.length]);
  await expectValues(prometheus, 'prom_open', [20]);
  await expectValues(prometheus, 'prom_wait_seconds_count', [seconds.length]);
  await expectValues(prometheus, 'prom_wait_seconds_sum', [sum]);
  expect(await prometheus.query('prom_wait_seconds{quantile="0.5"}')).toHaveLength(1);
  await expectValues(prometheus, 'count(target_info)', [1]);
}

/** Buckets lead to traces: the last payment of each, and requests of this app. */
async function expectExemplars(prometheus: Prometheus, { traceIds }: Pay): Promise<void> {
  await vi.waitFor(
    async () => {
      const payments = await prometheus.exemplars('prom_pay_seconds_bucket');
      const found = payments.map(({ labels, value }) => [value, labels['trace_id']]);
      for (const index of [0, 2, 3, 4])
        expect(found).toContainEqual([seconds[index], traceIds[index]]);
      const own = await prometheus.exemplars('otel_pay_seconds_bucket');
      const values = own.map(({ value }) => value);
      expect([...new Set(values)].sort()).toEqual([...new Set(seconds)].sort());
      for (const { labels, value } of own) {
        const made = traceIds.filter((_, index) => seconds[index] === value);
        expect(made).toContain(labels['trace_id']);
      }
    },
    { timeout: 60_000, interval: 200 },
  );
  const requests = await prometheus.exemplars(
    'http_server_request_duration_seconds_bucket{http_route="/pay"}',
  );
  expect(requests.length).toBeGreaterThan(0);
  for (const { labels } of requests) {
    expect(traceIds).toContain(labels['trace_id']);
    expect(labels['span_id']).toMatch(/^[0-9a-f]{16}$/);
  }
}

it.skipIf(!prometheusBinary).each(['http/protobuf', 'http/json'])(
  'pushes to Prometheus itself, over %s',
  async (protocol) => {
    await using prometheus = await startPrometheus(String(prometheusBinary));
    await using pay = await startPay({
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${prometheus.url}/api/v1/otlp/v1/metrics`,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
    });
    await expectPayments(prometheus);
    await expectExemplars(prometheus, pay);
    expect(pay.stderr()).toBe('');
  },
);

it.skipIf(!prometheusBinary)('is pulled by Prometheus from its own endpoint', async () => {
  await using pay = await startPay({ OTEL_METRICS_EXPORTER: 'prometheus' });
  const target = { address: pay.pullAddress, path: '/metrics' };
  await using prometheus = await startPrometheus(String(prometheusBinary), [target]);
  await expectPayments(prometheus);
  await expectExemplars(prometheus, pay);
  expect(pay.stderr()).toBe('');
});

it.skipIf(!prometheusBinary)(
  'is pulled by Prometheus from the registry of prom-client',
  async () => {
    await using pay = await startPay({ OTEL_METRICS_EXPORTER: 'none' });
    const target = { address: pay.address, path: '/prometheus/metrics' };
    await using prometheus = await startPrometheus(String(prometheusBinary), [target]);
    await expectPayments(prometheus);
    await expectExemplars(prometheus, pay);
    expect(pay.stderr()).toBe('');
  },
);

const exemplary = ['prom_pay_seconds', 'otel_pay_seconds', 'http_server_request_duration_seconds'];

/** Every exemplar that Prometheus has leads to a trace that Jaeger has, with that span in it. */
async function expectTraces(prometheus: Prometheus, jaeger: string): Promise<void> {
  for (const histogram of exemplary) {
    const exemplars = await prometheus.exemplars(`${histogram}_bucket`);
    expect(exemplars.length, histogram).toBeGreaterThan(0);
    for (const { labels } of exemplars) {
      const response = await fetch(`${jaeger}/api/traces/${labels['trace_id']}`);
      expect(response.status, histogram).toBe(200);
      const { data } = (await response.json()) as { data: { spans: { spanID: string }[] }[] };
      const spans = data.flatMap(({ spans }) => spans.map(({ spanID }) => spanID));
      expect(spans, histogram).toContain(labels['span_id']);
    }
  }
}

it.skipIf(!prometheusBinary || !jaegerBinary).each([
  ['pushed over OTLP', {}, []],
  ['scraped as OpenMetrics', { OTEL_METRICS_EXPORTER: 'prometheus' }, ['/metrics']],
] as const)('leads from exemplars %s to traces in Jaeger', async (_road, env, paths) => {
  const folder = await mkdtemp(join(tmpdir(), 'otel-node-jaeger-'));
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const jaeger = stack.use(await startJaeger(String(jaegerBinary), folder));
  const pullPort = await freePort();
  const targets = paths.map((path) => ({ address: `127.0.0.1:${pullPort}`, path }));
  const prometheus = stack.use(await startPrometheus(String(prometheusBinary), targets));
  const pay = stack.use(
    await startPay({
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${jaeger.otlp}/v1/traces`,
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${prometheus.url}/api/v1/otlp/v1/metrics`,
      OTEL_EXPORTER_PROMETHEUS_PORT: String(pullPort),
      OTEL_BSP_SCHEDULE_DELAY: '100',
      ...env,
    }),
  );
  await expectExemplars(prometheus, pay);
  await vi.waitFor(() => expectTraces(prometheus, jaeger.url), { timeout: 60_000, interval: 250 });
});

it.skipIf(!prometheusBinary || !collectorBinary)(
  'pushes to a Collector that Prometheus pulls from',
  async () => {
    await using collector = await startCollectorToPrometheus(String(collectorBinary));
    const target = { address: collector.pullAddress, path: '/metrics' };
    await using prometheus = await startPrometheus(String(prometheusBinary), [target]);
    await using pay = await startPay({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlp });
    await expectPayments(prometheus);
    await expectExemplars(prometheus, pay);
    expect(pay.stderr()).toBe('');
  },
);

it.skipIf(!prometheusBinary || !collectorBinary)(
  'pushes to a Collector that writes to Prometheus',
  async () => {
    await using prometheus = await startPrometheus(String(prometheusBinary));
    await using collector = await startCollectorToPrometheus(
      String(collectorBinary),
      prometheus.url,
    );
    await using pay = await startPay({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlp });
    await expectPayments(prometheus);
    await expectExemplars(prometheus, pay);
    expect(pay.stderr()).toBe('');
  },
);

it.skipIf(!promtool)('shows pages that promtool finds nothing wrong with', async () => {
  await using pay = await startPay({ OTEL_METRICS_EXPORTER: 'prometheus' });
  const text = await (await fetch(`http://${pay.pullAddress}/metrics`)).text();
  const judged = spawnSync(String(promtool), ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  expect(judged).toMatchObject({ status: 0, stdout: '', stderr: '' });
});
