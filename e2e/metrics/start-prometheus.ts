import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../support/free-port.ts';
import { spawnApp } from '../support/spawn-app.ts';

/** What Prometheus pulls, every second. */
export interface ScrapeTarget {
  readonly address: string;
  readonly path: string;
  readonly bearerToken?: string;
}

/** One series of an answer: its labels and its value now. */
export interface Series {
  readonly labels: Record<string, string>;
  readonly value: number;
}

/** An exemplar that Prometheus keeps, with the labels of its series. */
export interface KeptExemplar {
  readonly series: Record<string, string>;
  readonly labels: Record<string, string>;
  readonly value: number;
}

/** A real Prometheus with exemplar storage and its OTLP and remote write receivers open. */
export interface Prometheus extends AsyncDisposable {
  readonly url: string;
  query(expression: string): Promise<Series[]>;
  exemplars(expression: string): Promise<KeptExemplar[]>;
  rules(): Promise<Rule[]>;
}

/** A rule it evaluates. */
export interface Rule {
  readonly type: 'recording' | 'alerting';
  readonly name: string;
  /** `ok` once it was evaluated without an error. */
  readonly health: string;
  /** Of an alert: for what it is pending or firing. */
  readonly alerts?: readonly { readonly labels: Record<string, string> }[];
}

export async function startPrometheus(
  binary: string,
  targets: readonly ScrapeTarget[] = [],
  ruleFiles: readonly string[] = [],
): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'otel-node-prometheus-'));
  const config = join(folder, 'prometheus.json');
  await writeFile(config, JSON.stringify(configurationFor(targets, ruleFiles))); // JSON is YAML
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--web.enable-otlp-receiver',
    '--web.enable-remote-write-receiver',
    '--enable-feature=exemplar-storage',
  ];
  const app = await spawnApp([binary], { args, ready: { port }, timeout: 60_000 });
  await untilReady(url);
  return {
    url,
    query: (expression) => query(url, expression),
    exemplars: (expression) => exemplars(url, expression),
    rules: () => rules(url),
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configurationFor(targets: readonly ScrapeTarget[], ruleFiles: readonly string[]): object {
  return {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: ruleFiles,
    scrape_configs: targets.map(({ address, path, bearerToken }, index) => ({
      job_name: `target-${index}`,
      metrics_path: path,
      static_configs: [{ targets: [address] }],
      ...(bearerToken ? { authorization: { credentials: bearerToken } } : {}),
    })),
  };
}

async function untilReady(url: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await fetch(`${url}/-/ready`)).ok) {
    if (Date.now() > end) throw new Error('Prometheus was not ready after a minute');
    await delay(50); // it listens before it is ready, and nothing tells when it is
  }
}

async function query(url: string, expression: string): Promise<Series[]> {
  const answer = await ask(`${url}/api/v1/query?${new URLSearchParams({ query: expression })}`);
  const { result } = answer as {
    result: { metric: Record<string, string>; value: [number, string] }[];
  };
  return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}

async function exemplars(url: string, expression: string): Promise<KeptExemplar[]> {
  const hour = 3600;
  const now = Date.now() / 1000;
  const range = { query: expression, start: String(now - hour), end: String(now + hour) };
  const answer = await ask(`${url}/api/v1/query_exemplars?${new URLSearchParams(range)}`);
  const all = answer as {
    seriesLabels: Record<string, string>;
    exemplars: { labels: Record<string, string>; value: string }[];
  }[];
  return all.flatMap(({ seriesLabels, exemplars }) =>
    exemplars.map(({ labels, value }) => ({ series: seriesLabels, labels, value: Number(value) })),
  );
}

async function rules(url: string): Promise<Rule[]> {
  const { groups } = (await ask(`${url}/api/v1/rules`)) as { groups: { rules: Rule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

async function ask(url: string): Promise<unknown> {
  const response = await fetch(url);
  const answer = (await response.json()) as { status: string; error?: string; data: unknown };
  if (answer.status !== 'success') throw new Error(`Prometheus says: ${answer.error}`);
  return answer.data;
}
