import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { spawnApp } from '../support/spawn-app.ts';

/** A real Collector that takes OTLP over HTTP and shows it to a scraper, and writes it to a Prometheus if told to. */
export interface CollectorToPrometheus extends AsyncDisposable {
  /** Where OTLP goes. */
  readonly otlp: string;
  /** `host:port` to scrape. */
  readonly pullAddress: string;
}

export async function startCollectorToPrometheus(
  binary: string,
  writeTo?: string,
): Promise<CollectorToPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'otel-node-otelcol-'));
  const [otlpPort, pullPort] = [await freePort(), await freePort()];
  const [otlp, pullAddress] = [`127.0.0.1:${otlpPort}`, `127.0.0.1:${pullPort}`];
  const configuration = {
    receivers: { otlp: { protocols: { http: { endpoint: otlp } } } },
    exporters: writeTo
      ? {
          prometheusremotewrite: {
            endpoint: `${writeTo}/api/v1/write`,
            target_info: { enabled: true },
          },
        }
      : { prometheus: { endpoint: pullAddress, enable_open_metrics: true } },
    service: {
      pipelines: {
        metrics: {
          receivers: ['otlp'],
          exporters: [writeTo ? 'prometheusremotewrite' : 'prometheus'],
        },
      },
      telemetry: { metrics: { level: 'none' } },
    },
  };
  const file = join(folder, 'otelcol.json');
  await writeFile(file, JSON.stringify(configuration)); // JSON is YAML
  const args = [`--config=${file}`];
  const app = await spawnApp([binary], { args, ready: { port: otlpPort }, timeout: 60_000 });
  return {
    otlp: `http://${otlp}`,
    pullAddress,
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
