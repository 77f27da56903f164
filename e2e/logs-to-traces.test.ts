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
import { lokiCounts, lokiLabels, lokiLines } from './logs/loki-lines.ts';
import { isUnsampled, runChain } from './logs/run-chain.ts';
import { runShop } from './logs/run-shop.ts';
import { writePods } from './logs/runtime-files.ts';
import {
  type Store,
  startContainerCollector,
  startJaeger,
  startLoki,
} from './logs/start-stores.ts';
import { until } from './logs/until.ts';

const parts = await optionalPart(
  Promise.all([goPart('loki'), goPart('jaeger'), goPart('otelcol-big')]),
);

const CHAIN = { requests: 60, unsampled: 20 };
const services = ['api-node', 'api-python', 'gateway'];
const LINES = 2 * services.length; // of a request: each service writes one, which is both printed and sent
const ORDERS = process.env['OTEL_TEST_FULL'] ? 10_000 : 1000; // of the shop: each prints two lines and sends one

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
      const byService = await runChain({ ...destinations(), OTEL_LOGS_EXPORTER: 'otlp' }, CHAIN);
      for (const [name, lines] of Object.entries(byService)) await writePods(pods, name, lines);
      printed = Object.values(byService).flat();
      shown = await until(linesOfRequests, (lines) => lines.length >= CHAIN.requests * LINES, {
        show: (lines) => lines.length,
      });
    });
    afterAll(() => stack.disposeAsync());

    function startContainerLogs(args: readonly string[] = []): Promise<Store> {
      const CONTAINER_LOGS = join(pods, '*', '*', '*.log');
      const env = { CONTAINER_LOGS, OFFSETS_DIR: offsets, LOKI_URL: loki.url };
      return startContainerCollector(parts?.[2] ?? '', env, args);
    }

    function destinations(): Record<string, string> {
      return {
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${jaeger.otlp}/v1/traces`,
        OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${collector.url}/v1/logs`,
      };
    }

    /** What the chain wrote in requests; services also write lines as they start and end. */
    function linesOfRequests(): Promise<ShownLine[]> {
      return lokiLines(loki.url, '{service_name=~"gateway|api-.+"} | trace_id != ""');
    }

    function traceIdOf({ labels }: ShownLine): string {
      return labels['trace_id'] ?? '';
    }

    /** What the trace's address answers: its spans, undefined if it is not there. */
    async function spansOf(traceId: string): Promise<string[] | undefined> {
      const response = await fetch(`${tempo.url}/api/traces/${traceId}`);
      if (response.status !== 200) return undefined;
      const { data } = (await response.json()) as { data: { spans: { spanID: string }[] }[] };
      return data.flatMap(({ spans }) => spans.map(({ spanID }) => spanID));
    }

    it("every request has a line of each service, by both ways, and from every runtime's file", () => {
      const requests = Map.groupBy(shown, traceIdOf);
      expect(requests.size).toBe(CHAIN.requests);
      for (const lines of requests.values()) {
        const ways = lines.map(
          ({ labels }) =>
            `${labels['service_name']} ${labels['k8s_pod_name'] ? 'printed' : 'sent'}`,
        );
        expect(ways.sort()).toEqual(
          services.flatMap((name) => [`${name} printed`, `${name} sent`]),
        );
      }
      const from = new Set(shown.map(({ labels }) => labels['k8s_pod_name'] ?? 'otlp'));
      for (const runtime of ['containerd', 'cri-o', 'docker'])
        for (const name of services) expect(from).toContain(`${name}-${runtime}`);
    });

    it("level and Nest's context stand beside the line", () => {
      for (const { labels } of shown) {
        expect(labels['detected_level'] ?? labels['severity_text']).toMatch(/^info$/i);
        const context = labels['service_name'] === 'api-node' ? 'SomethingController' : undefined;
        expect(labels['context']).toBe(context);
      }
    });

    it('every line of a sampled request has one link, to its trace with its span', async () => {
      const sampled = shown.filter((line) => !isUnsampled(traceIdOf(line)));
      expect(sampled).toHaveLength((CHAIN.requests - CHAIN.unsampled) * LINES);
      for (const line of sampled) {
        const links = linksOf(fields, line);
        expect(links).toEqual([{ datasourceUid: tempo.uid, query: traceIdOf(line) }]);
        expect(await spansOf(links[0]?.query ?? '')).toContain(line.labels['span_id']);
      }
    });

    it('no line of an unsampled one has a link, but its ids; and there is no trace', async () => {
      const unsampled = shown.filter((line) => isUnsampled(traceIdOf(line)));
      expect(unsampled).toHaveLength(CHAIN.unsampled * LINES);
      for (const line of unsampled) {
        expect(linksOf(fields, line)).toEqual([]);
        expect(line.labels['span_id']).toMatch(/^[0-9a-f]{16}$/);
      }
      expect(await spansOf(traceIdOf(unsampled[0] as ShownLine))).toBeUndefined();
    });

    it('lines shown as they were printed have the same links', () => {
      const found = printed.flatMap((line) => {
        const { traceID, trace_id } = JSON.parse(line);
        const links = linksOf(fields, { line, labels: {} }).map(({ query }) => query);
        const id = traceID ?? trace_id;
        expect(links, line).toEqual(id && !isUnsampled(id) ? [id] : []);
        return links;
      });
      expect(found).toHaveLength((CHAIN.requests - CHAIN.unsampled) * services.length);
    });

    it("a trace's query finds exactly its lines", async () => {
      const { query = '' } = tempo.jsonData.tracesToLogsV2 ?? {};
      for (const [traceId, lines] of Map.groupBy(shown, traceIdOf)) {
        const found = await lokiLines(loki.url, query.replaceAll(`\${__span.traceId}`, traceId));
        expect(found.map(({ line }) => line).sort()).toEqual(lines.map(({ line }) => line).sort());
        expect(found).toHaveLength(LINES);
      }
    });

    it(`no label has more than a few values after ${ORDERS} requests, all of whose lines are there`, async () => {
      const env = {
        ...destinations(),
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_TRACES_EXPORTER: 'none',
      };
      await writePods(pods, 'shop', await runShop(env, ORDERS));
      const query = 'sum by (k8s_pod_name) (count_over_time({service_name="shop"}[1h]))';
      const counts = await until(
        () => lokiCounts(loki.url, query, 'k8s_pod_name'),
        (found) => Object.values(found).reduce((sum, each) => sum + each, 0) >= 3 * ORDERS,
        { timeout: 150_000 },
      );
      const { '': sent, ...fromFiles } = counts;
      expect(sent).toBe(ORDERS);
      expect(Object.keys(fromFiles).sort()).toEqual([
        'shop-containerd',
        'shop-cri-o',
        'shop-docker',
      ]);
      expect(Object.values(fromFiles).reduce((sum, each) => sum + each, 0)).toBe(2 * ORDERS);
      const { __stream_shard__: shards = 0, ...labels } = await lokiLabels(loki.url);
      expect(shards).toBeLessThanOrEqual(20); // Loki's own, when one stream grows fast
      expect(labels).toEqual({
        service_name: 4,
        k8s_namespace_name: 1,
        k8s_container_name: 4,
        k8s_cluster_name: 1,
      });
    });

    it('a line that the runtime split is whole again', async () => {
      const [long, ...others] = await lokiLines(loki.url, '{service_name="shop"} |= "again 7 "');
      expect(others).toEqual([]);
      expect(long?.line.trimEnd()).toBe(`printed again 7 ${'x'.repeat(20_000)}`);
    });

    it('a restart of the Collector neither loses nor repeats a line', async () => {
      expect(await collector.app.stop()).toMatchObject({ signal: null });
      const lines = ['{"level":"info","message":"one"}', 'two', '{"message":"three"}'];
      await writePods(pods, 'shop', lines);
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
