import { expect, it, vi } from 'vitest';
import { goPart, optionalPart } from '../tools/cache.ts';
import { startService } from './chain/start-service.ts';
import { type DashboardQuery, dashboardQueries } from './metrics/dashboard-queries.ts';
import { startPay } from './metrics/start-pay.ts';
import { type Prometheus, startPrometheus } from './metrics/start-prometheus.ts';

const prometheusBinary = await optionalPart(goPart('prometheus'));

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

it.skipIf(!prometheusBinary)('has data for every query of the dashboards', async () => {
  await using prometheus = await startPrometheus(String(prometheusBinary));
  await using pay = await startPay(pushTo(prometheus));
  const queries = await dashboardQueries();
  expect(queries.length).toBeGreaterThan(10);
  for (const query of queries) {
    await expectJobs(prometheus, query, `http://${pay.address}/call`, ['shop/pay']);
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
