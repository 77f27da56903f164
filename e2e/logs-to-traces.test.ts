import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCollector } from '@org/otel-testing/collector';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goPart, optionalPart } from '../tools/cache.ts';
import {
  type DataSource,
  type DerivedField,
  linksOf,
  readDataSource,
  type ShownLine,
} from './logs/grafana-files.ts';
import { lokiLabels, lokiLines } from './logs/loki-lines.ts';
import { writePods } from './logs/runtime-files.ts';
import {
  type Store,
  startContainerCollector,
  startJaeger,
  startLoki,
} from './logs/start-stores.ts';
import { until } from './logs/until.ts';
import { appFolder } from './packed/app-folder.ts';
import { installedPackages } from './packed/installed-packages.ts';
import { spawnApp } from './support/spawn-app.ts';

const parts = await optionalPart(
  Promise.all([goPart('loki'), goPart('jaeger'), goPart('otelcol-big')]),
);

const REQUESTS = 300;
const UNSAMPLED = 100; // of them; their caller did not sample
const LINES = 3 * REQUESTS; // two printed, one sent

describe.skipIf(!parts)(
  'a line leads to its trace and a trace to its lines',
  { timeout: 300_000 },
  () => {
    const stack = new AsyncDisposableStack();
    let loki: Store;
    let jaeger: Store & { otlp: string };
    let collector: Store;
    let pods: string;
    let offsets: string;
    let fields: DerivedField[];
    let tempo: DataSource;
    let printed: string[];
    let shown: ShownLine[];

    beforeAll(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'otel-logs-'));
      stack.defer(() => rm(folder, { recursive: true, force: true }));
      [pods, offsets] = [join(folder, 'pods'), join(folder, 'offsets')];
      const [lokiBinary = '', jaegerBinary = ''] = parts ?? [];
      [loki, jaeger] = await Promise.all([
        startLoki(lokiBinary, join(folder, 'loki')).then((store) => stack.use(store)),
        startJaeger(jaegerBinary, join(folder, 'jaeger')).then((store) => stack.use(store)),
      ]);
      collector = stack.use(await startContainerLogs());
      fields = (await readDataSource('loki', { LOKI_URL: loki.url })).jsonData.derivedFields ?? [];
      tempo = await readDataSource('tempo', { TEMPO_URL: jaeger.url });
      printed = await runShop();
      await writePods(pods, printed);
      shown = await until(allLines, (lines) => lines.length >= LINES, {
        show: (lines) => lines.length,
      });
    });
    afterAll(() => stack.disposeAsync());

    function startContainerLogs(args: readonly string[] = []): Promise<Store> {
      const CONTAINER_LOGS = join(pods, '*', '*', '*.log');
      const env = { CONTAINER_LOGS, OFFSETS_DIR: offsets, LOKI_URL: loki.url };
      return startContainerCollector(parts?.[2] ?? '', env, args);
    }

    function allLines(): Promise<ShownLine[]> {
      return lokiLines(loki.url, '{service_name="shop"}');
    }

    /** Serves all requests and ends; what it printed. */
    async function runShop(): Promise<string[]> {
      await using app = await appFolder(await installedPackages(), 'logs');
      await using shop = await spawnApp(app.file('shop.mjs'), {
        env: {
          OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${jaeger.otlp}/v1/traces`,
          OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${collector.url}/v1/logs`,
          OTEL_METRICS_EXPORTER: 'none',
        },
      });
      for (let order = 0; order < REQUESTS; order++) {
        const headers = { traceparent: `00-${unsampledId(order)}-b7ad6b7169203331-00` };
        const url = `http://127.0.0.1:${shop.port}/orders?order=${order}`;
        const response = await fetch(url, order < UNSAMPLED ? { headers } : {});
        expect(await response.text()).toBe('ok\n');
      }
      expect(await shop.stop()).toEqual({ code: 0, signal: null });
      return shop.stdout.trimEnd().split('\n');
    }

    function unsampledId(order: number): string {
      return (order + 1).toString(16).padStart(32, 'a');
    }

    function isUnsampled({ line }: ShownLine): boolean {
      return Number(/(?:printed|again|sent) (\d+)/.exec(line)?.[1]) < UNSAMPLED;
    }

    async function spansOf(traceId: string): Promise<string[]> {
      const response = await fetch(`${tempo.url}/api/traces/${traceId}`);
      if (response.status !== 200) return [];
      const { data } = (await response.json()) as { data: { spans: { spanID: string }[] }[] };
      return data.flatMap(({ spans }) => spans.map(({ spanID }) => spanID));
    }

    it('every line arrived once, by both ways and from every runtime', () => {
      const messages = shown.map(({ line }) => line.trimEnd());
      expect(new Set(messages).size).toBe(LINES);
      expect(messages).toHaveLength(LINES);
      const from = new Set(shown.map(({ labels }) => labels['k8s_pod_name'] ?? 'otlp'));
      expect([...from].sort()).toEqual(['otlp', 'shop-containerd', 'shop-cri-o', 'shop-docker']);
      for (const { line, labels } of shown) {
        expect(labels['detected_level'] ?? labels['severity_text']).toBe(
          line.startsWith('printed again') ? 'warn' : 'info',
        );
        if (!line.startsWith('printed again')) expect(labels['context']).toBe('Orders');
      }
    });

    it('every line of a sampled request has one link, to its trace with its span', async () => {
      const sampled = shown.filter((line) => !isUnsampled(line));
      expect(sampled).toHaveLength(LINES - 3 * UNSAMPLED);
      for (const line of sampled) {
        const links = linksOf(fields, line);
        expect(links).toEqual([{ datasourceUid: tempo.uid, query: line.labels['trace_id'] }]);
        const spans = await spansOf(links[0]?.query ?? '');
        expect(spans).toContain(line.labels['span_id']);
      }
    });

    it('no line of an unsampled one has a link, but its ids', () => {
      const unsampled = shown.filter(isUnsampled);
      expect(unsampled).toHaveLength(3 * UNSAMPLED);
      for (const line of unsampled) {
        expect(linksOf(fields, line)).toEqual([]);
        expect(line.labels['trace_id']).toMatch(/^a+/);
      }
    });

    it('lines shown as they were printed have the same links', () => {
      for (const line of printed) {
        const { traceID, sampled } = JSON.parse(line);
        const links = linksOf(fields, { line, labels: {} }).map(({ query }) => query);
        expect(links).toEqual(sampled ? [traceID] : []);
      }
    });

    it("a trace's query finds its lines and no others", async () => {
      const { query = '' } = tempo.jsonData.tracesToLogsV2 ?? {};
      const wanted = Map.groupBy(shown, ({ labels }) => labels['trace_id'] ?? '');
      expect(wanted.size).toBe(REQUESTS);
      for (const [traceId, lines] of [...wanted].slice(0, 20)) {
        const asked = query.replaceAll(`\${__span.traceId}`, traceId);
        const found = await lokiLines(loki.url, asked);
        expect(found.map(({ line }) => line).sort()).toEqual(lines.map(({ line }) => line).sort());
        expect(found).toHaveLength(3);
      }
    });

    it('no label has more than a few values', async () => {
      expect(await lokiLabels(loki.url)).toEqual({
        service_name: 1,
        k8s_namespace_name: 1,
        k8s_container_name: 1,
        k8s_cluster_name: 1,
      });
    });

    it('a restart of the Collector neither loses nor repeats a line', async () => {
      expect(await collector.app.stop()).toMatchObject({ signal: null });
      await writePods(pods, ['{"level":"info","message":"one"}', 'two', '{"message":"three"}']);
      // Loki keeps one of two equal lines: what is sent now goes to a collector that keeps both
      const counting = stack.use(await startCollector());
      stack.use(
        await startContainerLogs([`--set=exporters::otlp_http/loki::endpoint=${counting.url}`]),
      );
      const bodies = async () => counting.store.logs().map(({ body }) => body);
      const sent = await until(bodies, (found) => found.length >= 3);
      expect(sent.sort()).toEqual(['one', 'three', 'two']);
    });
  },
);
