import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore } from '@org/otel-testing/collector';
import type { FoundCollector } from '../cache.ts';
import { repository } from '../repository.ts';
import type { ChainCollector } from './chain-collector.ts';
import { startChild } from './child.ts';
import type { Ports } from './demo-options.ts';
import { followLines } from './follow-lines.ts';
import { untilItListens } from './until-it-listens.ts';

/**
 * A real Collector with apps/collector/otelcol.yaml: Python sends to it over gRPC, Node over HTTP, and it reads the
 * services' log files. The store holds what it wrote into its own files, and nothing else.
 */
export async function startOtelcol(
  found: FoundCollector,
  ports: Ports,
  signal: AbortSignal,
): Promise<ChainCollector> {
  await using starting = new AsyncDisposableStack();
  const { folder, logs, out } = await makeFolders();
  starting.defer(() => rm(folder, { recursive: true, force: true }));
  const store = createStore();
  const followers = ['traces', 'metrics', 'logs'].map((signalName) =>
    starting.use(followLines(join(out, `${signalName}.jsonl`), store)),
  );
  const child = starting.use(await startChild(otelcol(found, ports, { logs, out })));
  await untilItListens(child, ports['otlp-http'], signal);
  await untilItListens(child, ports['otlp-grpc'], signal);
  const running = starting.move();
  return {
    description: `${found.description} on ports ${ports['otlp-grpc']} (gRPC) and ${ports['otlp-http']} (HTTP)`,
    store,
    environment: (service) => ({
      LOG_FILE: join(logs, `${service}.log`),
      ...(service === 'api-python' ? overGrpc(ports) : overHttp(ports)),
    }),
    onServiceLine() {}, // the Collector reads the files
    clear: () => store.clear(),
    async stop() {
      await child.stop();
      for (const follower of followers) follower.read();
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function makeFolders() {
  const folder = await mkdtemp(join(tmpdir(), 'otel-chain-'));
  const [logs, out] = [join(folder, 'logs'), join(folder, 'out')];
  await Promise.all([mkdir(logs), mkdir(out)]);
  return { folder, logs, out };
}

function otelcol(
  found: FoundCollector,
  ports: Ports,
  { logs, out }: { logs: string; out: string },
) {
  const configuration = join(repository, 'apps', 'collector');
  const env = {
    LOG_DIR: logs,
    OUT_DIR: out,
    OTLP_GRPC_ENDPOINT: `127.0.0.1:${ports['otlp-grpc']}`,
    OTLP_HTTP_ENDPOINT: `127.0.0.1:${ports['otlp-http']}`,
  };
  const args = [`--config=${join(configuration, 'otelcol.yaml')}`];
  return {
    name: 'the OpenTelemetry Collector',
    commandLine: found.commandLine({ args, folders: [configuration, logs, out], env }),
    env,
  };
}

function overGrpc(ports: Ports): Record<string, string> {
  return {
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${ports['otlp-grpc']}`,
  };
}

function overHttp(ports: Ports): Record<string, string> {
  return {
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${ports['otlp-http']}`,
  };
}
