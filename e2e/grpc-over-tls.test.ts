import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collector, startCollector } from '@org/otel-testing';
import { describe, expect, it } from 'vitest';
import { findCollector, optionalPart } from '../tools/cache.ts';
import { repository } from '../tools/repository.ts';
import { startGrpcFront } from './settings/start-grpc-front.ts';
import { tlsFile } from './settings/start-tls-front.ts';
import { freePort } from './support/free-port.ts';
import { spawnApp } from './support/spawn-app.ts';

const fixture = join(repository, 'e2e/fixtures/settings/app.mjs');
const pem = (name: string) => readFileSync(tlsFile(name));
const server = { key: pem('server.key'), cert: pem('server.pem') };
const mutual = { ...server, ca: pem('ca.pem'), requestCert: true, rejectUnauthorized: true };

const trusting = { OTEL_EXPORTER_OTLP_CERTIFICATE: tlsFile('ca.pem') };
const known = {
  ...trusting,
  OTEL_EXPORTER_OTLP_CLIENT_KEY: tlsFile('client.key'),
  OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: tlsFile('client.pem'),
};

/** An app that makes some of each signal, sends it over gRPC to there, and ends. */
async function run(target: string, env: Record<string, string>) {
  const over = {
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_ENDPOINT: `https://${target}`,
  };
  await using app = await spawnApp(fixture, {
    args: ['end'],
    env: { ...over, ...env },
    ready: false,
  });
  expect(await app.exited).toEqual({ code: 0, signal: null });
  return app.stderr;
}

function signalsOf({ requests }: Collector): string[] {
  return [...new Set(requests.map(({ signal }) => signal))].sort();
}

it('trusts the authority of OTEL_EXPORTER_OTLP_CERTIFICATE: 3 of 3 signals delivered', async () => {
  await using collector = await startCollector();
  await using front = await startGrpcFront(collector, server);
  const stderr = await run(front.target, trusting);
  expect(signalsOf(collector), stderr).toEqual(['logs', 'metrics', 'traces']);
});

it('shows its own certificate to a receiver that asks for one: 3 of 3 signals delivered', async () => {
  await using collector = await startCollector();
  await using front = await startGrpcFront(collector, mutual);
  const stderr = await run(front.target, known);
  expect(signalsOf(collector), stderr).toEqual(['logs', 'metrics', 'traces']);
  expect([...new Set(front.clients)]).toEqual(['client']);
});

const otelcol = await optionalPart(findCollector());

/** Items of each signal that the Collector took over its gRPC receiver, by its own metrics. */
async function taken(metricsPort: number): Promise<Record<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const lines = text.matchAll(
    /^otelcol_receiver_accepted_(\w+?)(?:_total)?\{\S*transport="grpc"\S* (\S+)$/gm,
  );
  return Object.fromEntries([...lines].map(([, what, count]) => [what, Number(count)]));
}

it.skipIf(!otelcol)(
  'the real Collector, TLS on both sides: spans, metric points and log records delivered over gRPC',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'otel-node-otelcol-'));
    const [port, metricsPort] = [await freePort(), await freePort()];
    const file = join(folder, 'otelcol.json');
    await writeFile(file, JSON.stringify(configuration(port, metricsPort))); // JSON is YAML
    const folders = [folder, join(repository, 'e2e/fixtures/settings/tls')];
    const command = otelcol?.commandLine({ args: [`--config=${file}`], folders }) ?? [];
    await using _collector = await spawnApp(command, { ready: { port }, timeout: 120_000 });
    const stderr = await run(`127.0.0.1:${port}`, known);
    const items = await taken(metricsPort);
    await rm(folder, { recursive: true, force: true });
    expect(items, stderr).toMatchObject({ spans: 3, log_records: 1 });
    expect(items['metric_points']).toBeGreaterThan(0);
  },
);

function configuration(port: number, metricsPort: number): object {
  const tls = {
    cert_file: tlsFile('server.pem'),
    key_file: tlsFile('server.key'),
    client_ca_file: tlsFile('ca.pem'),
  };
  const exporter = { prometheus: { host: '127.0.0.1', port: metricsPort } };
  const pipeline = { receivers: ['otlp'], exporters: ['debug'] };
  return {
    receivers: { otlp: { protocols: { grpc: { endpoint: `127.0.0.1:${port}`, tls } } } },
    exporters: { debug: { verbosity: 'basic' } },
    service: {
      pipelines: { traces: pipeline, metrics: pipeline, logs: pipeline },
      telemetry: {
        logs: { level: 'warn' },
        metrics: { level: 'normal', readers: [{ pull: { exporter } }] },
      },
    },
  };
}

describe.each([
  ['a receiver signed by nobody known', server, {}, /certificate/],
  [
    'the wrong authority',
    server,
    { OTEL_EXPORTER_OTLP_CERTIFICATE: tlsFile('client.pem') },
    /cert/,
  ],
  [
    'a receiver that asks for a certificate, without one',
    mutual,
    trusting,
    /certificate|ECONNRESET/,
  ],
  [
    'a certificate that cannot be read',
    server,
    { OTEL_EXPORTER_OTLP_CERTIFICATE: '/no/such/file', NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    /OTEL_EXPORTER_OTLP_CERTIFICATE: expected a file that can be read \(ENOENT\)/,
  ],
  [
    'a client key that cannot be read',
    server,
    { ...known, OTEL_EXPORTER_OTLP_CLIENT_KEY: '/no/such/file' },
    /OTEL_EXPORTER_OTLP_CLIENT_KEY: expected a file that can be read \(ENOENT\)/,
  ],
  [
    'a file that is no certificate',
    server,
    { OTEL_EXPORTER_OTLP_CERTIFICATE: fixture },
    /OTEL_EXPORTER_OTLP_CERTIFICATE: expected a file that can be read \(it holds no PEM text\)/,
  ],
  [
    'a key and a certificate of different pairs',
    server,
    { ...known, OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: tlsFile('server.pem') },
    /ERR_OSSL_X509_KEY_VALUES_MISMATCH/,
  ],
  [
    'a client key that is none',
    server,
    { ...known, OTEL_EXPORTER_OTLP_CLIENT_KEY: fixture },
    /OTEL_EXPORTER_OTLP_CLIENT_KEY/,
  ],
])('%s', (_what, tls, env, said) => {
  it('0 requests arrive, and it is said why', async () => {
    await using collector = await startCollector();
    await using front = await startGrpcFront(collector, tls);
    const stderr = await run(front.target, env);
    expect(collector.requests).toEqual([]);
    expect(front.calls).toEqual([]);
    expect(stderr).toMatch(said);
    expect(stderr).toMatch(/being lost|cannot be delivered/);
  });
});
