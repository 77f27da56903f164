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

/** Loki with the limits of deploy/grafana/loki.yaml, keeping its data in the folder. */
export async function startLoki(binary: string, folder: string): Promise<Store> {
  const [port, grpc] = [await freePort(), await freePort()];
  const file = join(repository, 'deploy/grafana/loki.yaml');
  const given = parse(await readFile(file, 'utf8'));
  const config = {
    ...given,
    auth_enabled: false,
    server: {
      ...given.server,
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
  };
  // the file's own limit gives way to Loki's default: the Collector's batches fit into a Loki that was told nothing
  const strict = '-server.grpc-max-recv-msg-size-bytes=4194304';
  const args = [`-config.file=${await writeConfig(folder, 'loki', config)}`, strict];
  return started([binary, ...args], `http://${host}:${port}`, '/ready');
}

/** A store of traces, and where it takes OTLP. */
export interface TraceStore extends Store {
  otlp: string;
}

/** Tempo, keeping its data in the folder. */
export async function startTempo(binary: string, folder: string): Promise<TraceStore> {
  const [port, grpc, otlp] = [await freePort(), await freePort(), await freePort()];
  const ring = { kvstore: { store: 'inmemory' } };
  const config = {
    server: {
      http_listen_address: host,
      http_listen_port: port,
      grpc_listen_address: host,
      grpc_listen_port: grpc,
      log_level: 'warn',
    },
    distributor: {
      receivers: { otlp: { protocols: { http: { endpoint: `${host}:${otlp}` } } } },
      ring: { ...ring, instance_addr: host },
    },
    ingester: {
      lifecycler: {
        address: host,
        ring: { ...ring, replication_factor: 1 },
        min_ready_duration: '0s',
      },
    },
    storage: {
      trace: {
        backend: 'local',
        local: { path: join(folder, 'blocks') },
        wal: { path: join(folder, 'wal') },
      },
    },
    usage_report: { reporting_enabled: false },
  };
  const args = [`-config.file=${await writeConfig(folder, 'tempo', config)}`];
  const store = await started([binary, ...args], `http://${host}:${port}`, '/ready');
  return { ...store, otlp: `http://${host}:${otlp}` };
}

/** Jaeger, keeping its traces in memory. */
export async function startJaeger(binary: string, folder: string): Promise<TraceStore> {
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
