import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startCollector } from '@org/otel-testing/collector';
import { expect, it, vi } from 'vitest';
import { goPart, optionalPart } from '../tools/cache.ts';
import { repository } from '../tools/repository.ts';
import { startService } from './chain/start-service.ts';
import { type DashboardQuery, dashboardQueries } from './metrics/dashboard-queries.ts';
import { startPay } from './metrics/start-pay.ts';
import { type Prometheus, startPrometheus } from './metrics/start-prometheus.ts';

const prometheusBinary = await optionalPart(goPart('prometheus'));
const promtool = await optionalPart(goPart('promtool'));

const rules = join(repository, 'deploy/prometheus/rules');
const ruleFiles = ['slo.yaml', 'telemetry.yaml'].map((name) => join(rules, name));

/** One service's push to Prometheus, with a namespace. */
const pushTo = ({ url }: Prometheus) => ({
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${url}/api/v1/otlp/v1/metrics`,
  OTEL_METRIC_EXPORT_INTERVAL: '500',
  OTEL_RESOURCE_ATTRIBUTES: 'service.namespace=shop',
});

/** Asks under traffic, for a rate needs a counter that grows between two exports, until all these services are in the answer. */
async function expectJobs(
  prometheus: Prometheus,
  { panel, expression }: DashboardQuery,
  url: string,
  jobs: readonly string[],
): Promise<void> {
  await vi.waitFor(
    async () => {
      for (let n = 0; n < 50; n++) await (await fetch(url)).text();
      const series = await prometheus.query(expression);
      const withData = series.filter(({ value }) => Number.isFinite(value));
      const found = new Set(withData.map(({ labels }) => labels['job']));
      expect([...found].sort(), panel).toEqual(jobs);
    },
    { timeout: 60_000, interval: 250 },
  );
}

/** A service whose requests fail and are slow, and whose traces are refused or find the queue full. */
async function startTroubled(prometheus: Prometheus, refusing: string) {
  const pay = await startPay({
    ...pushTo(prometheus),
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${refusing}/v1/traces`,
    OTEL_BSP_MAX_QUEUE_SIZE: '3',
    OTEL_BSP_SCHEDULE_DELAY: '100',
  });
  await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      const path = ['fail', 'slow', 'call'][n % 3];
      await (await fetch(`http://${pay.address}/${path}`)).text();
    }),
  );
  return pay;
}

it.skipIf(!prometheusBinary)('has data for every query of the dashboards and rules', async () => {
  await using prometheus = await startPrometheus(String(prometheusBinary), [], ruleFiles);
  await using refusing = await startCollector({ respond: () => ({ status: 400 }) });
  await using pay = await startTroubled(prometheus, refusing.url);
  await expectRules(prometheus, `http://${pay.address}`); // first: the queries' traffic is fast
  const queries = await dashboardQueries();
  expect(queries.length).toBeGreaterThan(20);
  for (const query of queries) {
    await expectJobs(prometheus, query, `http://${pay.address}/call`, ['shop/pay']);
  }
});

/** Asks for trouble until every rule was evaluated, the recording ones have data and the alerts are on. */
async function expectRules(prometheus: Prometheus, url: string): Promise<void> {
  await vi.waitFor(
    async () => {
      await Promise.all(['fail', 'slow', 'slow', 'call'].map((path) => fetch(`${url}/${path}`)));
      const rules = await prometheus.rules();
      expect(rules.length).toBeGreaterThan(20);
      for (const { type, name, health, alerts = [] } of rules) {
        expect(health, name).toBe('ok');
        const labels =
          type === 'alerting'
            ? alerts.map((alert) => alert.labels)
            : (await prometheus.query(name)).map((series) => series.labels);
        expect(new Set(labels.map(({ job }) => job)), name).toEqual(new Set(['shop/pay']));
      }
    },
    { timeout: 60_000, interval: 250 },
  );
}

it.skipIf(!promtool)('has rules that promtool finds right', () => {
  for (const args of [
    ['check', 'rules', ...ruleFiles],
    ['test', 'rules', join(rules, 'rules.test.yaml')],
  ]) {
    const judged = spawnSync(String(promtool), args, { encoding: 'utf8' });
    expect(judged, judged.stdout + judged.stderr).toMatchObject({ status: 0 });
    expect(judged.stdout).toContain('SUCCESS');
  }
});

it.skipIf(!prometheusBinary)('shows the requests of a Python service alike', async () => {
  await using prometheus = await startPrometheus(String(prometheusBinary));
  await using python = await startService('api-python', {
    OTEL_TRACES_EXPORTER: 'none',
    ...pushTo(prometheus),
  });
  const queries = (await dashboardQueries()).filter(({ expression }) =>
    expression.includes('http_server_request_duration_seconds'),
  );
  expect(queries.length).toBeGreaterThan(3);
  for (const query of queries) {
    await expectJobs(prometheus, query, `http://127.0.0.1:${python.port}/`, ['shop/api-python']);
  }
});
