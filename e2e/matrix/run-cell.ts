import { expectTrace } from '@org/otel-testing';
import { lastCount } from '../packed/last-count.ts';
import { type App, spawnApp } from '../support/spawn-app.ts';
import type { Bench } from './bench.ts';
import type { Cell } from './cells/cell.ts';
import { expectedTraces, requests } from './expected-traces.ts';
import type { Framework } from './frameworks.ts';
import { mountWarning } from './mount-warning.ts';
import { nodeBinary } from './node-binary.ts';
import type { PreparedApp } from './prepare-app.ts';

/** What a run showed: the whole tree, or the tree without what the warning names. */
export interface CellResult {
  /** The trace id of the request with the outgoing call. */
  readonly run: string;
  /** The sentence on stderr, word by word; undefined where stderr was empty. */
  readonly warning: string | undefined;
}

/** Milliseconds that a start or an end may take on a machine with other work. */
const slow = 120_000;

/** Starts the application, sends both requests, stops it by SIGTERM, and compares all that arrived. Throws what differs. */
export async function runCell(
  cell: Cell,
  framework: Framework,
  prepared: PreparedApp,
  bench: Bench,
): Promise<CellResult> {
  const { collector, upstream } = bench;
  collector.clear();
  upstream.received.length = 0;
  const { cwd, file, nodeArgs } = await prepared.start(cell.system, cell.place);
  await using app = await spawnApp(file, {
    node: await nodeBinary(cell.node),
    nodeArgs,
    cwd,
    timeout: slow,
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SERVICE_NAME: 'matrix',
      UPSTREAM: upstream.url,
    },
  });
  await answers(app, requests.order, { tenant: 'acme', id: '42', stock: { up: true } });
  await answers(app, requests.hello, { up: true });
  const exit = await app.stop('SIGTERM', slow);
  if (exit.signal !== 'SIGTERM') throw new Error(`ended with ${JSON.stringify(exit)}`);
  const warning = onlyWarning(app.stderr, framework);
  return { run: await onlyTraces(framework, bench), warning };
}

async function answers(app: App, path: string, expected: object): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${app.port}${path}`);
  const body = await response.text();
  if (response.status === 200 && body === JSON.stringify(expected)) return;
  throw new Error(`GET ${path} was answered ${response.status} ${body}\n${app.output}`);
}

function onlyWarning(stderr: string, { tree }: Framework): string | undefined {
  const warning = tree === 'no route below mounts' ? mountWarning : undefined;
  const expected = warning === undefined ? '' : `[otel] ${warning}\n`;
  if (stderr === expected) return warning;
  throw new Error(`stderr: expected ${JSON.stringify(expected)}, got ${JSON.stringify(stderr)}`);
}

/** The process has ended, so whatever was recorded is here. */
async function onlyTraces(framework: Framework, { collector, upstream }: Bench): Promise<string> {
  const expected = expectedTraces(framework, upstream.url);
  const wait = { timeout: 1000, quiet: 0 };
  const order = await expectTrace(collector, expected.order, wait);
  const hello = await expectTrace(collector, expected.hello, wait);
  const { store, refused } = collector;
  const spans = order.spans.length + hello.spans.length;
  same('spans in all', store.spans().length, spans);
  same('refused exports', refused.length, 0);
  const call = order.spans.find((span) => span.kind === 'client');
  const parents = upstream.received.map((headers) => headers['traceparent']);
  same('traceparent', parents.join(), `00-${order.traceId}-${call?.spanId}-03`);
  same('requests counted', lastCount(store, 'http.server.request.duration'), 2);
  same('calls counted', lastCount(store, 'http.client.request.duration'), 1);
  return order.traceId;
}

function same(what: string, got: number | string, expected: number | string): void {
  if (got !== expected) throw new Error(`${what}: expected ${expected}, got ${got}`);
}
