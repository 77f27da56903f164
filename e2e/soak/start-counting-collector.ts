import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReceiverProcess } from '../delivery/start-receiver.ts';
import { freePort } from '../support/free-port.ts';
import { spawnApp } from '../support/spawn-app.ts';

/** The real Collector, which says by its own metrics how many spans it took. */
export async function startCountingCollector(binary: string): Promise<ReceiverProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'otel-node-otelcol-'));
  const [port, metricsPort] = [await freePort(), await freePort()];
  const file = join(folder, 'otelcol.json');
  await writeFile(file, JSON.stringify(configuration(port, metricsPort))); // JSON is YAML
  const app = await spawnApp([binary], { args: [`--config=${file}`], ready: { port } });
  return {
    port,
    received: async () => ({ unique: await accepted(metricsPort), duplicates: 0, requests: 0 }),
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configuration(port: number, metricsPort: number): object {
  const exporter = { prometheus: { host: '127.0.0.1', port: metricsPort } };
  return {
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
    exporters: { debug: { verbosity: 'basic' } },
    service: {
      pipelines: { traces: { receivers: ['otlp'], exporters: ['debug'] } },
      telemetry: {
        logs: { level: 'warn' },
        metrics: { level: 'normal', readers: [{ pull: { exporter } }] },
      },
    },
  };
}

async function accepted(port: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  const line = /^otelcol_receiver_accepted_spans\S* (\S+)$/m.exec(await answer.text());
  return Number(line?.[1] ?? 0);
}
