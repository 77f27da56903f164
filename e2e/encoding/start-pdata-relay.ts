import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FoundCollector } from '../../tools/cache.ts';
import { freePort } from '../support/free-port.ts';
import { spawnApp } from '../support/spawn-app.ts';

/** The real Collector between an application and a receiver. */
export interface PdataRelay extends AsyncDisposable {
  readonly url: string;
}

/**
 * Starts a Collector that reads what it gets into Go's pdata, writes that anew, and hands it on before it answers: what
 * pdata does not understand, or understands otherwise, does not come out as it went in.
 */
export async function startPdataRelay(
  collector: FoundCollector,
  receiver: string,
): Promise<PdataRelay> {
  const folder = await mkdtemp(join(tmpdir(), 'otel-node-pdata-'));
  const port = await freePort();
  const file = join(folder, 'otelcol.json');
  await writeFile(file, JSON.stringify(configuration(port, receiver))); // JSON is YAML
  const command = collector.commandLine({ args: [`--config=${file}`], folders: [folder] });
  const app = await spawnApp(command, { ready: { port }, timeout: 120_000 });
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configuration(port: number, receiver: string): object {
  // in the order it came, nothing put together, nothing tried again
  const otlphttp = {
    endpoint: receiver,
    compression: 'none',
    sending_queue: { enabled: false },
    retry_on_failure: { enabled: false },
  };
  const pipeline = { receivers: ['otlp'], exporters: ['otlphttp'] };
  return {
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
    exporters: { otlphttp },
    service: {
      pipelines: { traces: pipeline, logs: pipeline },
      telemetry: { logs: { level: 'warn' }, metrics: { level: 'none' } },
    },
  };
}
