import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from '../tools/repository.ts';
import { freePort } from './support/free-port.ts';
import { spawnApp } from './support/spawn-app.ts';

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
