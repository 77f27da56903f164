import { ask } from './ask.ts';
import { type ChainReport, chainReport } from './chain-report.ts';
import type { Demo } from './start-demo.ts';

/**
 * One request, then the services are ended: what they held back, they send then, so that nothing is guessed
 * about intervals and the report holds all there is.
 */
export async function runOnce({ chain, collector, path, signal }: Demo): Promise<ChainReport> {
  const { store } = collector;
  await ask(chain.url + path, signal);
  await chain.stop();
  // A real Collector reads log files and writes batches with rhythms of its own.
  await store.waitFor(() => report().missing.length === 0, { timeout: 10_000 }).catch(() => {});
  await collector.stop();
  const final = report();
  const others = store.traces().length - 1;
  return others > 0
    ? { ...final, missing: [...final.missing, `one trace (there are ${others + 1})`] }
    : final;

  function report(): ChainReport {
    return chainReport(store, path, store.traces()[0]?.traceId);
  }
}
