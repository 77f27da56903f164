import { spawnSync } from 'node:child_process';
import { startCollector } from '@org/otel-testing';
import { expect, it } from 'vitest';
import { goPart, optionalPart } from '../tools/cache.ts';
import { startService } from './chain/start-service.ts';

const promtool = await optionalPart(goPart('promtool'));

it("shows prom-client's and OpenTelemetry's metrics on api-node's one endpoint", async () => {
  await using collector = await startCollector();
  await using app = await startService('api-node', {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    API_PYTHON_URL: collector.url, // answers 404: one request with an error
  });
  const url = `http://127.0.0.1:${app.port}`;
  expect((await fetch(`${url}/something`)).status).toBe(502);

  const response = await fetch(`${url}/prometheus/metrics`);
  const text = await response.text();
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(series).toContainEqual(
    expect.stringMatching(/^process_cpu_seconds_total\{.*service="node-api".*\} [\d.]+$/),
  );
  expect(series).toContainEqual(
    expect.stringMatching(
      /^http_server_request_duration_seconds_count\{(?=.*http_route="\/something")(?=.*http_response_status_code="502").*\} 1$/,
    ),
  );
  expect(series).toContainEqual(
    expect.stringMatching(/^nodejs_eventloop_delay_p99_seconds\{.*\} [\d.e-]+$/),
  );
  const names = series.map((line) => line.replace(/ \S+$/, ''));
  expect(names.length).toBe(new Set(names).size); // no series twice
  if (promtool) expect(judgedBy(promtool, text)).toEqual({ status: 0, said: '' });
});

/** What promtool has against a page, and its exit code. */
function judgedBy(promtool: string, page: string) {
  const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], {
    input: page,
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}
