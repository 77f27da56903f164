import { expect, it } from 'vitest';
import { Batcher } from './batcher.ts';
import type { ExportOutcome, Settle } from './export-outcome.ts';

/** An exporter whose answers the test gives. */
function controlled() {
  const open: { batch: number[]; answer: (outcome: ExportOutcome) => void }[] = [];
  const arrivals: (() => void)[] = [];
  return {
    open,
    batches: [] as number[][],
    next: () =>
      new Promise<void>((resolve) => (open.length > 0 ? resolve() : arrivals.push(resolve))),
    async export(batch: number[], settle: Settle) {
      this.batches.push(batch);
      const outcome = await new Promise<ExportOutcome>((answer) => {
        open.push({ batch, answer });
        arrivals.shift()?.();
      });
      settle(batch.length, outcome);
    },
    answer(outcome: ExportOutcome = { delivered: true }) {
      open.shift()?.answer(outcome);
    },
    async flush() {},
    giveUp() {},
    takeRest: () => [],
    async shutdown() {},
  };
}

const settings = { maxQueueSize: 6, maxBatchSize: 2, delayMillis: 100_000 };
const silent = () => {};

it('exports as soon as a batch is full, one at a time', async () => {
  const exporter = controlled();
  const batcher = new Batcher<number>(settings, exporter, silent);
  for (const item of [1, 2, 3, 4]) batcher.add(item);
  await exporter.next();
  expect(exporter.batches).toEqual([[1, 2]]);
  exporter.answer();
  await exporter.next();
  expect(exporter.batches).toEqual([
    [1, 2],
    [3, 4],
  ]);
  exporter.answer();
});

it('resolves flush only after the acknowledgement of what was under way and what was queued', async () => {
  const exporter = controlled();
  const batcher = new Batcher<number>(settings, exporter, silent);
  for (const item of [1, 2, 3]) batcher.add(item);
  await exporter.next();
  let flushed = false;
  const flush = batcher.flush().then(() => {
    flushed = true;
  });
  exporter.answer();
  await exporter.next();
  expect(flushed).toBe(false);
  expect(exporter.batches).toEqual([[1, 2], [3]]);
  exporter.answer();
  await flush;
  expect(batcher.stats()).toEqual({ queued: 0, exported: 3, dropped: 0, failed: 0 });
});

it('counts what does not fit and what was refused', async () => {
  const exporter = controlled();
  const outcomes: ExportOutcome[] = [];
  const batcher = new Batcher<number>(settings, exporter, (_, outcome) => {
    outcomes.push(outcome);
  });
  for (let item = 0; item < 10; item++) batcher.add(item);
  const flush = batcher.flush();
  for (let batch = 0; batch < 3; batch++) {
    await exporter.next();
    exporter.answer(batch === 1 ? { delivered: false, error: new Error('no') } : undefined);
  }
  await flush;
  expect(batcher.stats()).toEqual({ queued: 0, exported: 4, dropped: 4, failed: 2 });
  expect(outcomes.map(({ delivered }) => delivered)).toEqual([true, false, true]);
});

it('counts what comes after shutdown as dropped', async () => {
  const exporter = controlled();
  const batcher = new Batcher<number>(settings, exporter, silent);
  await batcher.shutdown();
  batcher.add(1);
  expect(batcher.stats().dropped).toBe(1);
});
