import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goPart, optionalPart } from '../tools/cache.ts';
import { consult, diagnosisOf } from './doctor/consult.ts';
import { type Store, startJaeger, startLoki } from './logs/start-stores.ts';
import { type Prometheus, startPrometheus } from './metrics/start-prometheus.ts';
import { freePort } from './support/free-port.ts';

const parts = await optionalPart(
  Promise.all([goPart('jaeger'), goPart('loki'), goPart('prometheus')]),
);

describe.skipIf(!parts)('otel-doctor --read-back', { timeout: 300_000 }, () => {
  const stack = new AsyncDisposableStack();
  let jaeger: Store & { otlp: string };
  let loki: Store;
  let prometheus: Prometheus;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'otel-doctor-stores-'));
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    const [jaegerBinary = '', lokiBinary = '', prometheusBinary = ''] = parts ?? [];
    [jaeger, loki, prometheus] = await Promise.all([
      startJaeger(jaegerBinary, join(folder, 'jaeger')).then((store) => stack.use(store)),
      startLoki(lokiBinary, join(folder, 'loki')).then((store) => stack.use(store)),
      startPrometheus(prometheusBinary).then((store) => stack.use(store)),
    ]);
  });
  afterAll(() => stack.disposeAsync());

  const env = () => ({
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${jaeger.otlp}/v1/traces`,
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${loki.url}/otlp/v1/logs`,
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${prometheus.url}/api/v1/otlp/v1/metrics`,
  });
  const stores = (traces = '--jaeger') => [
    '--read-back',
    '--wait=60',
    traces,
    jaeger.url.replace('://', '://reader:canary-password@'),
    ...['--loki', loki.url, '--prometheus', prometheus.url],
  ];

  it('finds the probe in Jaeger, Loki and Prometheus, and prints links that lead to it', async () => {
    const { code, stdout } = await consult(env(), stores());
    expect(stdout).toContain('Nothing stops telemetry: 0 errors, 0 warnings, 0 notes.');
    expect(code).toBe(0);
    expect(stdout).not.toContain('canary');
    const traceId = /trace ([0-9a-f]{32})$/m.exec(stdout)?.[1];
    expect(stdout).toContain(
      `traces read back from jaeger at ${jaeger.url}/: ${jaeger.url}/trace/${traceId}\n`,
    );
    expect(await textAt(`${jaeger.url}/trace/${traceId}`)).toContain('<html');
    const logs = /logs read back from loki at \S+: (\S+)$/m.exec(stdout)?.[1];
    expect(await textAt(String(logs))).toContain(traceId);
    const graph = /metrics read back from prometheus at \S+: (\S+)$/m.exec(stdout)?.[1];
    const query = new URL(String(graph)).searchParams.get('g0.expr');
    expect(await prometheus.query(String(query))).toMatchObject([{ value: 1 }]);
  });

  it('asks Tempo at the address that Jaeger shares with it', async () => {
    const { readBack, exitCode } = await diagnosisOf(env(), stores('--tempo'));
    expect(readBack.map(({ problem }) => problem)).toEqual([undefined, undefined, undefined]);
    expect(exitCode).toBe(0);
  });

  it('says where the probe is not, once the time is over', async () => {
    const nobody = `http://127.0.0.1:${await freePort()}`;
    const args = ['--wait=0.1', '--tempo', nobody, '--jaeger', jaeger.url, '--loki', loki.url];
    const elsewhere = { ...env(), OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${loki.url}/v1/traces` };
    const { findings, exitCode } = await diagnosisOf(elsewhere, args);
    const lost = findings.filter(({ id }) => id === 'read-back').map(({ what }) => what);
    expect(lost).toContain(
      `The probe of traces could not be read back from tempo at ${nobody}/: ECONNREFUSED.`,
    );
    expect(lost).toContain(
      `The probe of traces could not be read back from jaeger at ${jaeger.url}/: it is not there (404).`,
    );
    expect(findings.map(({ id }) => id)).toContain('not-found');
    expect(exitCode).toBe(1);
  });
});

async function textAt(url: string): Promise<string> {
  return (await fetch(url)).text();
}
