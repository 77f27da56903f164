import { startCollector } from '@org/otel-testing/collector';
import { describe, expect, it } from 'vitest';
import { type Exit, spawnApp } from './support/spawn-app.ts';

const runs = process.env['OTEL_TEST_FULL'] === '1' ? 100 : 3;
const SPANS = 100;
const SIDE_BY_SIDE = 4;

/** A way to end, and the code or signal of a process without telemetry that ends so. */
type Way = readonly [title: string, program: string, args: readonly string[], end: Exit];

const code = (code: number): Exit => ({ code, signal: null });
const signal = (signal: NodeJS.Signals): Exit => ({ code: null, signal });
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

const ways: Way[] = [
  ['natural end', 'ending', ['natural end'], code(0)],
  ...signals.map((each): Way => [each, 'ending', ['signal', each], signal(each)]),
  ['uncaught exception', 'ending', ['uncaught exception'], code(1)],
  ['unhandled rejection', 'ending', ['unhandled rejection'], code(1)],
  ['process.exit()', 'ending', ['process.exit()'], code(3)],
  ['natural end of a worker thread', 'ending-worker', ['natural end'], code(0)],
  ['process.exit() in a worker thread', 'ending-worker', ['process.exit()'], code(3)],
  ['uncaught exception in a worker thread', 'ending-worker', ['uncaught exception'], code(1)],
  ['natural end of a cluster worker', 'ending-cluster', ['natural end'], code(0)],
  ['SIGTERM of a cluster worker', 'ending-cluster', ['signal', 'SIGTERM'], code(0)],
];

async function runOnce(way: Way, number: number, url: string): Promise<Exit> {
  const [, program, [how = '', ...more]] = way;
  const fixture = new URL(`./fixtures/delivery/${program}.mjs`, import.meta.url).pathname;
  await using app = await spawnApp(fixture, {
    args: [how, String(number * SPANS), ...more],
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_BSP_SCHEDULE_DELAY: '60000',
    },
    ready: false,
  });
  return await app.exited; // disposing of it earlier would kill it
}

async function runAll(way: Way, url: string): Promise<Exit[]> {
  const exits: Exit[] = [];
  let next = 0;
  async function oneAfterTheOther(): Promise<void> {
    while (next < runs) exits.push(await runOnce(way, next++, url));
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, oneAfterTheOther));
  return exits;
}

describe(`${SPANS} spans in each of ${runs} runs, all delivered, code and signal unchanged`, () => {
  it.each(ways)(
    '%s',
    async (...way) => {
      await using collector = await startCollector();
      const exits = await runAll(way, collector.url);
      expect(exits).toEqual(Array(runs).fill(way[3]));
      const names = new Set(collector.store.spans().map(({ name }) => name));
      expect(names.size).toBe(runs * SPANS);
      expect(collector.store.counts.spans).toBe(runs * SPANS);
    },
    600_000,
  );
});
