import { spawnSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  type DataPoint,
  DataPointType,
  type Histogram,
  MeterProvider,
  type MetricData,
  MetricReader,
} from '@opentelemetry/sdk-metrics';
import { afterEach, describe, expect, test } from 'vitest';
import { observeRuntime } from './runtime-metrics.ts';

class TestReader extends MetricReader {
  protected override async onForceFlush() {}
  protected override async onShutdown() {}
  async metrics(): Promise<Map<string, MetricData>> {
    const { resourceMetrics, errors } = await this.collect();
    expect(errors).toEqual([]);
    const all = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    return new Map(all.map((metric) => [metric.descriptor.name, metric]));
  }
}

let stop = () => {};
afterEach(() => stop());

function start(readers: TestReader[], windowMillis = 60_000, waits = false) {
  const provider = new MeterProvider({ readers });
  stop = observeRuntime(provider.getMeter('test'), { windowMillis, waits });
}

/** Blocks the event loop and returns for how many milliseconds. */
function block(milliseconds: number): number {
  const start = performance.now();
  while (performance.now() - start < milliseconds);
  return performance.now() - start;
}

function only(metrics: Map<string, MetricData>, name: string): number {
  const points = metrics.get(name)?.dataPoints as DataPoint<number>[] | undefined;
  expect(points, name).toHaveLength(1);
  return points?.[0]?.value as number;
}

/** Waits until the loop's monitor has ticked at least once. */
async function firstReading(reader: TestReader) {
  for (;;) {
    const metrics = await reader.metrics();
    if (metrics.has('nodejs.eventloop.delay.max')) return metrics;
    await wait(5);
  }
}

describe('observeRuntime', () => {
  test('every metric of the conventions with its unit and kind', async () => {
    const reader = new TestReader();
    start([reader]);
    globalThis.gc?.();
    const metrics = await firstReading(reader);
    for (const figure of ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99']) {
      const metric = metrics.get(`nodejs.eventloop.delay.${figure}`);
      expect(metric?.descriptor.unit, figure).toBe('s');
      expect(metric?.dataPointType, figure).toBe(DataPointType.GAUGE);
    }
    expect(metrics.get('nodejs.eventloop.utilization')).toMatchObject({
      descriptor: { unit: '1' },
      dataPointType: DataPointType.GAUGE,
    });
    expect(metrics.get('nodejs.eventloop.time')).toMatchObject({
      descriptor: { unit: 's' },
      dataPointType: DataPointType.SUM,
      isMonotonic: true,
    });
    for (const name of ['used', 'space.size', 'space.available_size', 'space.physical_size']) {
      expect(metrics.get(`v8js.memory.heap.${name}`), name).toMatchObject({
        descriptor: { unit: 'By' },
        dataPointType: DataPointType.SUM,
        isMonotonic: false,
      });
    }
    const spaces = metrics.get('v8js.memory.heap.used')?.dataPoints ?? [];
    expect(spaces.map((point) => point.attributes['v8js.heap.space.name'])).toContain('old_space');
  });

  test('a 50 ms block is reported within 10 %, to two readers alike, and an idle loop as no delay', async () => {
    // A busy machine delays more than the block does: what is asked is that it can be exact.
    for (let exact = false; !exact; stop()) {
      const [first, second] = [new TestReader(), new TestReader()];
      start([first, second]);
      const idle = await firstReading(first);
      const blocked = block(50) / 1000;
      await wait(20);
      const read = [await first.metrics(), await second.metrics(), await first.metrics()];
      const maxima = read.map((metrics) => only(metrics, 'nodejs.eventloop.delay.max'));
      exact =
        only(idle, 'nodejs.eventloop.delay.p50') < 0.005 &&
        maxima.every((max) => max >= 0.9 * blocked && max <= 1.1 * blocked);
    }
  });

  test('a window passes: an old block is forgotten', async () => {
    const reader = new TestReader();
    start([reader], 100);
    await firstReading(reader);
    await wait(25); // the one tick in which a generation starts is not in it
    block(60);
    await wait(110);
    expect(only(await reader.metrics(), 'nodejs.eventloop.delay.max')).toBeGreaterThan(0.05);
    for (;;) {
      const metrics = await reader.metrics();
      const max = metrics.has('nodejs.eventloop.delay.max')
        ? only(metrics, 'nodejs.eventloop.delay.max')
        : 1;
      if (max < 0.04) break;
      await wait(20);
    }
  });

  test('two readers that come right after each other at the end of a window see the same block', async () => {
    const [first, second] = [new TestReader(), new TestReader()];
    start([first, second], 100);
    await wait(30);
    const blocked = block(120) / 1000;
    await wait(20);
    const read = [await first.metrics(), await second.metrics()];
    const maxima = read.map((metrics) => only(metrics, 'nodejs.eventloop.delay.max'));
    expect(maxima[0]).toBeGreaterThan(0.9 * blocked - 0.01);
    expect(maxima[1]).toBe(maxima[0]);
  });

  test('what waits for a reader measures from the first reading on', async () => {
    const reader = new TestReader();
    start([reader], 60_000, true);
    await wait(30);
    block(40);
    await wait(20);
    expect((await reader.metrics()).has('nodejs.eventloop.delay.max')).toBe(false);
    await firstReading(reader);
    const blocked = block(60) / 1000;
    await wait(20);
    const metrics = await reader.metrics();
    expect(only(metrics, 'nodejs.eventloop.delay.max')).toBeGreaterThan(0.5 * blocked);
  });

  test('the time of the loop only grows and splits into active and idle', async () => {
    const reader = new TestReader();
    start([reader]);
    const before = (await reader.metrics()).get('nodejs.eventloop.time')?.dataPoints ?? [];
    block(30);
    const after = (await reader.metrics()).get('nodejs.eventloop.time')?.dataPoints ?? [];
    expect(after.map((point) => point.attributes)).toEqual([
      { 'nodejs.eventloop.state': 'active' },
      { 'nodejs.eventloop.state': 'idle' },
    ]);
    const grown = Number(after[0]?.value) - Number(before[0]?.value);
    expect(grown).toBeGreaterThanOrEqual(0.03);
  });

  test('garbage collections are recorded by kind with the advised bounds', async () => {
    const reader = new TestReader();
    start([reader]);
    let points: DataPoint<Histogram>[] = [];
    for (let kept: object[] = []; points.length === 0; kept = []) {
      for (let i = 0; i < 200_000; i++) kept.push({ i });
      await wait(1);
      points = ((await reader.metrics()).get('v8js.gc.duration')?.dataPoints ??
        []) as DataPoint<Histogram>[];
    }
    expect(points[0]?.value.buckets.boundaries).toEqual([0.01, 0.1, 1, 10]);
    expect(['minor', 'major', 'incremental', 'weakcb']).toContain(
      points[0]?.attributes['v8js.gc.type'],
    );
    expect(points[0]?.value.sum).toBeGreaterThan(0);
  });

  test('after stop nothing is measured any more', async () => {
    const reader = new TestReader();
    start([reader]);
    const before = await firstReading(reader);
    stop();
    block(30);
    const after = await reader.metrics();
    const active = (metrics: typeof after) =>
      metrics.get('nodejs.eventloop.time')?.dataPoints[0]?.value;
    expect(active(after)).toBe(active(before));
  });

  test('does not keep a process alive', () => {
    const source = fileURLToPath(new URL('./runtime-metrics.ts', import.meta.url));
    const code = `import { metrics } from '@opentelemetry/api';
      import { observeRuntime } from ${JSON.stringify(source)};
      observeRuntime(metrics.getMeter('test'));`;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(child).toMatchObject({ status: 0, signal: null, stderr: '' });
  });
});
