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
  startLoki,
  type TraceStore,
} from './logs/start-stores.ts';
import { type TraceStorePart, traceStorePart } from './logs/trace-store.ts';
import { until } from './logs/until.ts';
import { freePort } from './support/free-port.ts';

const parts = await optionalPart(
  Promise.all([goPart('loki'), goPart('otelcol-big'), traceStorePart()]),
);

const CHAIN = { requests: 60, unsampled: 20 };
const services = ['api-node', 'api-python', 'gateway'];
const LINES = 2 * services.length; // of a request: each service writes one, which is both printed and sent
const ORDERS = 10_000; // of the shop: each prints two lines and sends one
const LOKI = 'exporters::otlp_http/loki::endpoint';

describe.skipIf(!parts)(
  'a line leads to its trace and a trace to its lines',
  { timeout: 300_000 },
  () => {
    const stack = new AsyncDisposableStack();
    let loki: Store;
    let traces: TraceStore;
    let spansOf: TraceStorePart['spansOf'];
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
      const [lokiBinary, , traceStore] = parts as NonNullable<typeof parts>;
      spansOf = traceStore.spansOf;
      [loki, traces] = await Promise.all([
        startLoki(lokiBinary, join(folder, 'loki')).then((store) => stack.use(store)),
        traceStore.start(join(folder, 'traces')).then((store) => stack.use(store)),
      ]);
      collector = await startContainerLogs();
      fields = (await readDataSource('loki', { LOKI_URL: loki.url })).jsonData.derivedFields ?? [];
      tempo = await readDataSource('tempo', { TEMPO_URL: traces.url });
      const byService = await runChain({ ...destinations(), OTEL_LOGS_EXPORTER: 'otlp' }, CHAIN);
      for (const [name, lines] of Object.entries(byService)) await writePods(pods, name, lines);
      printed = Object.values(byService).flat();
      shown = await until(linesOfRequests, (lines) => lines.length >= CHAIN.requests * LINES, {
        show: (lines) => ({ lines: lines.length, ...whatStoresSay() }),
      });
    });
    afterAll(() => stack.disposeAsync());

    async function startContainerLogs(args: readonly string[] = []): Promise<Store> {
      const CONTAINER_LOGS = join(pods, '*', '*', '*.log');
      const env = { CONTAINER_LOGS, OFFSETS_DIR: offsets, LOKI_URL: loki.url };
      return stack.use(await startContainerCollector(parts?.[1] ?? '', env, args));
    }

    function destinations(): Record<string, string> {
      return {
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${traces.otlp}/v1/traces`,
        OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${collector.url}/v1/logs`,
      };
    }

    /** For the message of a test that waits in vain. */
    function whatStoresSay() {
      const trouble = /error|warn|fail|refus|drop/i;
      const linesOf = ({ app }: Store) =>
        app.output.split('\n').filter((line) => trouble.test(line));
      return { collector: linesOf(collector).slice(-3), loki: linesOf(loki).slice(-3) };
    }

    /** What the chain wrote in requests; services also write lines as they start and end. */
    function linesOfRequests(): Promise<ShownLine[]> {
      return lokiLines(loki.url, '{service_name=~"gateway|api-.+"} | trace_id != ""');
    }

    function traceIdOf({ labels }: ShownLine): string {
      return labels['trace_id'] ?? '';
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

    it("level, file and Nest's context stand beside the line", () => {
      for (const { labels } of shown) {
        expect(labels['detected_level'] ?? labels['severity_text']).toMatch(/^info$/i);
        const context = labels['service_name'] === 'api-node' ? 'SomethingController' : undefined;
        expect(labels['context']).toBe(context);
        const file = labels['k8s_pod_name'] ? expect.stringMatching(/\/0\.log$/) : undefined;
        expect(labels['log_file_path']).toEqual(file);
      }
    });

    it('every line of a sampled request has one link, to its trace with its span', async () => {
      const sampled = shown.filter((line) => !isUnsampled(traceIdOf(line)));
      expect(sampled).toHaveLength((CHAIN.requests - CHAIN.unsampled) * LINES);
      for (const line of sampled) {
        const link = { datasourceUid: tempo.uid, query: traceIdOf(line) };
        expect(linksOf(fields, line)).toEqual([link]);
      }
      for (const [traceId, lines] of Map.groupBy(sampled, traceIdOf)) {
        const wanted = lines.map(({ labels }) => labels['span_id'] ?? 'no span_id');
        // Tempo does not find a trace in the moment in which it moves it
        await until(
          () => spansOf(tempo.url, traceId),
          (found = []) => wanted.every((id) => found.includes(id)),
          { show: (found) => ({ traceId, wanted, found }) },
        );
      }
    });

    it('no line of an unsampled one has a link, but its ids; and there is no trace', async () => {
      const unsampled = shown.filter((line) => isUnsampled(traceIdOf(line)));
      expect(unsampled).toHaveLength(CHAIN.unsampled * LINES);
      for (const line of unsampled) {
        expect(linksOf(fields, line)).toEqual([]);
        expect(line.labels['span_id']).toMatch(/^[0-9a-f]{16}$/);
      }
      expect(await spansOf(tempo.url, traceIdOf(unsampled[0] as ShownLine))).toBeUndefined();
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
        OTEL_BLRP_MAX_QUEUE_SIZE: String(ORDERS), // on a busy machine the Collector may stand still for seconds
      };
      const { lines, stderr } = await runShop(env, ORDERS);
      expect(stderr).toMatch(/^listening on \d+\n$/); // nothing was dropped before it left
      await writePods(pods, 'shop', lines);
      const query = 'sum by (k8s_pod_name) (count_over_time({service_name="shop"}[1h]))';
      const counts = await until(
        () => lokiCounts(loki.url, query, 'k8s_pod_name'),
        (found) => Object.values(found).reduce((sum, each) => sum + each, 0) >= 3 * ORDERS,
        { timeout: 150_000, show: (found) => ({ found, ...whatStoresSay() }) },
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

    it('what is too long for Loki is cut, and there', async () => {
      const found = await lokiLines(loki.url, '{service_name="shop"} |~ "(again|sent) 8 "');
      const start = found.map(({ line }) => line.replace(/y+$/, ''));
      expect(start.sort()).toEqual(['printed again 8 ', 'sent 8 ']);
      for (const { line } of found) expect(line).toHaveLength(256 * 1024);
      expect(found.map(({ labels }) => labels['tail']?.length)).toContain(8 * 1024);
    });

    it('neither a restart of the Collector nor an absence of Loki loses or repeats a line', async () => {
      expect(await collector.app.stop()).toMatchObject({ signal: null });
      await writePods(pods, 'shop', ['{"level":"info","message":"one"}', 'two', 'three']);
      const nobody = await startContainerLogs([
        `--set=${LOKI}=http://127.0.0.1:${await freePort()}`,
      ]);
      await nobody.app.waitFor(/Exporting failed/, 60_000);
      expect(await nobody.app.stop()).toMatchObject({ signal: null });
      await writePods(pods, 'shop', ['four', '{"message":"five"}', 'six']);
      // Loki keeps one of two equal lines: what is sent now goes to a collector that keeps both
      const counting = stack.use(await startCollector());
      const again = await startContainerLogs([`--set=${LOKI}=${counting.url}`]);
      const bodies = async () => counting.store.logs().map(({ body }) => body);
      await until(bodies, (found) => found.length >= 6);
      expect(await again.app.stop()).toMatchObject({ signal: null }); // it sends what it still has
      expect((await bodies()).sort()).toEqual(['five', 'four', 'one', 'six', 'three', 'two']);
    });
  },
);
