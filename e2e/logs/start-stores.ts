import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { repository } from '../../tools/repository.ts';
import { freePort } from '../support/free-port.ts';
import { type App, spawnApp } from '../support/spawn-app.ts';
import { untilAnswers } from './until.ts';

/** A store on this machine. Disposing of it kills it. */
export interface Store extends AsyncDisposable {
  url: string;
  app: App;
}

const host = '127.0.0.1';

/** A test writes in seconds what a day writes: past its default rates Loki would refuse, and its senders wait. */
const generous = {
  ingestion_rate_mb: 64,
  ingestion_burst_size_mb: 128,
  per_stream_rate_limit: '64MB',
  per_stream_rate_limit_burst: '128MB',
};

/** Loki with the limits of deploy/grafana/loki.yaml, keeping its data in the folder. */
export async function startLoki(binary: string, folder: string): Promise<Store> {
  const [port, grpc] = [await freePort(), await freePort()];
  const file = join(repository, 'deploy/grafana/loki.yaml');
  const given = parse(await readFile(file, 'utf8'));
  const config = {
    auth_enabled: false,
    server: {
      http_listen_address: host,
      http_listen_port: port,
      grpc_listen_address: host,
      grpc_listen_port: grpc,
      log_level: 'warn',
    },
    common: {
      instance_addr: host,
      path_prefix: folder,
      storage: {
        filesystem: {
          chunks_directory: join(folder, 'chunks'),
          rules_directory: join(folder, 'rules'),
        },
      },
      replication_factor: 1,
      ring: { kvstore: { store: 'inmemory' } },
    },
    schema_config: {
      configs: [
        {
          from: '2024-01-01',
          store: 'tsdb',
          object_store: 'filesystem',
          schema: 'v13',
          index: { prefix: 'index_', period: '24h' },
        },
      ],
    },
    ingester: { lifecycler: { min_ready_duration: '0s', final_sleep: '0s' } },
    analytics: { reporting_enabled: false },
    ...given,
    limits_config: { ...generous, ...given.limits_config },
  };
  await mkdir(folder, { recursive: true });
  const args = [`-config.file=${await writeConfig(folder, 'loki', config)}`];
  return started([binary, ...args], `http://${host}:${port}`, '/ready');
}

/** Jaeger in the place of Tempo: both answer a trace by its id at /api/traces/ID. */
export async function startJaeger(
  binary: string,
  folder: string,
): Promise<Store & { otlp: string }> {
  const [query, queryGrpc, otlp] = [await freePort(), await freePort(), await freePort()];
  const config = {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query'],
      pipelines: { traces: { receivers: ['otlp'], exporters: ['jaeger_storage_exporter'] } },
      telemetry: { metrics: { level: 'none' } },
    },
    extensions: {
      jaeger_query: {
        storage: { traces: 'mem' },
        http: { endpoint: `${host}:${query}` },
        grpc: { endpoint: `${host}:${queryGrpc}` },
      },
      jaeger_storage: { backends: { mem: { memory: { max_traces: 10_000 } } } },
    },
    receivers: { otlp: { protocols: { http: { endpoint: `${host}:${otlp}` } } } },
    exporters: { jaeger_storage_exporter: { trace_storage: 'mem' } },
  };
  const args = ['--config', await writeConfig(folder, 'jaeger', config)];
  const store = await started([binary, ...args], `http://${host}:${query}`, '/api/services');
  return { ...store, otlp: `http://${host}:${otlp}` };
}

/** A Collector with the file container-logs.yaml as it is, by default of deploy/; `args` are added to its command line. */
export async function startContainerCollector(
  binary: string,
  env: Record<'CONTAINER_LOGS' | 'OFFSETS_DIR' | 'LOKI_URL', string>,
  args: readonly string[] = [],
  folder = join(repository, 'deploy'),
): Promise<Store> {
  const port = await freePort();
  const file = join(folder, 'collector/container-logs.yaml');
  const app = await spawnApp([binary, '--config', file, ...args], {
    env: { ...env, OTLP_HTTP_ENDPOINT: `${host}:${port}` },
    ready: { port },
    timeout: 60_000,
  });
  return disposable(app, `http://${host}:${port}`);
}

async function started(command: string[], url: string, path: string): Promise<Store> {
  const app = await spawnApp(command, {
    ready: { port: Number(new URL(url).port) },
    timeout: 60_000,
  });
  try {
    await untilAnswers(`${url}${path}`, 90_000);
    return disposable(app, url);
  } catch (error) {
    await app[Symbol.asyncDispose]();
    throw new Error(`${String(error)}; it wrote:\n${app.output}`);
  }
}

function disposable(app: App, url: string): Store {
  return { app, url, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

async function writeConfig(folder: string, name: string, config: object): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}.yaml`);
  await writeFile(file, stringify(config));
  return file;
}
