import { join } from 'node:path';
import { startCollector } from '@org/otel-testing/collector';
import { expect, it, vi } from 'vitest';
import { goPart, optionalPart } from '../tools/cache.ts';
import { repository } from '../tools/repository.ts';
import { startPay } from './metrics/start-pay.ts';
import { type Prometheus, startPrometheus } from './metrics/start-prometheus.ts';
import { freePort } from './support/free-port.ts';
import { spawnApp } from './support/spawn-app.ts';

const prometheusBinary = await optionalPart(goPart('prometheus'));

const fixture = (name: string) => join(repository, 'e2e/fixtures/metrics', name);

const pulled = {
  OTEL_TRACES_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
  OTEL_METRICS_EXPORTER: 'prometheus',
  OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
};

it('gives each worker of a cluster a port of its own, so that nothing is lost or counted twice', async () => {
  const env = {
    ...pulled,
    OTEL_LOG_LEVEL: 'info',
    OTEL_EXPORTER_PROMETHEUS_PORT: String(await freePort()),
  };
  await using app = await spawnApp(fixture('cluster.mjs'), { env });
  await app.waitFor(/(?:are served at [\s\S]*){5}/, 30_000);
  for (let n = 0; n < 400; n++) await (await fetch(`http://127.0.0.1:${app.port}`)).text();

  const urls = [...app.stderr.matchAll(/are served at (\S+)/g)].map(([, url]) => String(url));
  const pages = await Promise.all(urls.map(async (url) => (await fetch(url)).text()));
  const counts = pages.map((page) =>
    Number(/^http_server_request_duration_seconds_count\S* (\d+)$/m.exec(page)?.[1] ?? 0),
  );
  expect(new Set(urls).size).toBe(5);
  expect(counts.reduce((sum, count) => sum + count)).toBe(400);
  expect(counts.filter((count) => count > 0)).toHaveLength(4);
  const instances = pages.map((page) => /service_instance_id="([^"]+)"/.exec(page)?.[1]);
  expect(new Set(instances).size).toBe(5);
  expect(app.stderr).not.toContain('cannot');
});

it('keeps no process alive, not even with a scraper that stays connected', async () => {
  const env = { ...pulled, OTEL_EXPORTER_PROMETHEUS_PORT: '0' };
  await using app = await spawnApp(fixture('ends.mjs'), { env, ready: /scraped 200/ });
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(app.stderr).toBe('');
});

/** Of each worker, at the moment of its last sample: increase() extrapolates to any other. */
async function increases(prometheus: Prometheus): Promise<number[]> {
  const series = await prometheus.query('timestamp(asked_total)');
  return Promise.all(
    series.map(async ({ labels, value }) => {
      const own = `asked_total{instance="${labels['instance']}"}`;
      const [found] = await prometheus.query(`increase(${own}[1h] @ ${value})`);
      return found?.value ?? Number.NaN;
    }),
  );
}

it.skipIf(!prometheusBinary)('adds up over the workers of a cluster in Prometheus', async () => {
  await using prometheus = await startPrometheus(String(prometheusBinary));
  const env = {
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${prometheus.url}/api/v1/otlp/v1/metrics`,
    OTEL_METRIC_EXPORT_INTERVAL: '300',
  };
  await using app = await spawnApp(fixture('cluster.mjs'), { env });
  await vi.waitFor(async () => expect(await prometheus.query('asked_total == 0')).toHaveLength(4), {
    timeout: 60_000,
    interval: 100,
  });
  for (let n = 0; n < 400; n++) await (await fetch(`http://127.0.0.1:${app.port}`)).text();
  await vi.waitFor(
    async () => {
      const found = await increases(prometheus);
      expect(found).toHaveLength(4);
      expect(Math.min(...found)).toBeGreaterThan(0);
      expect(found.reduce((sum, each) => sum + each)).toBe(400);
    },
    { timeout: 60_000, interval: 200 },
  );
});

it('shows a blocked event loop to a scraper and to a collector, both within 10 %', async () => {
  await using collector = await startCollector();
  await using pay = await startPay({
    OTEL_METRICS_EXPORTER: 'otlp,prometheus',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  });
  const pushed = () => {
    const all = collector.store.metrics();
    const last = all.findLast(({ name }) => name === 'nodejs.eventloop.delay.max');
    return (last?.points.at(-1) as { value?: number } | undefined)?.value;
  };
  // A busy machine delays more than the block does: what is asked is that both can be exact.
  await vi.waitFor(
    async () => {
      const blocked = Number(await (await fetch(`http://${pay.address}/block`)).text()) / 1000;
      collector.clear();
      await vi.waitFor(() => expect(pushed()).toBeDefined(), { timeout: 10_000, interval: 20 });
      const page = await (await fetch(`http://${pay.pullAddress}/metrics`)).text();
      const pulled = /^nodejs_eventloop_delay_max_seconds (\S+)$/m.exec(page)?.[1];
      for (const seen of [pushed(), Number(pulled)]) {
        expect(seen).toBeGreaterThan(0.9 * blocked);
        expect(seen).toBeLessThan(1.1 * blocked);
      }
    },
    { timeout: 100_000, interval: 300 },
  );
});
