import { setTimeout as delay } from 'node:timers/promises';
import { ask } from './ask.ts';
import { type ChainReport, chainReport } from './chain-report.ts';
import type { Demo } from './start-demo.ts';

const betweenRequests = 2000;

/** A request every two seconds until the signal comes; shows the report of each when all of it is there. */
export async function runUntilStopped(
  { chain, collector, path, signal }: Demo,
  show: (report: ChainReport) => void,
): Promise<void> {
  const { store } = collector;
  const shown = new Set<string>();
  while (!signal.aborted) {
    await ask(chain.url + path, signal);
    const traceId = await newTrace();
    show(chainReport(store, path, traceId));
    collector.clear(); // it may run for hours
    await delay(betweenRequests, undefined, { signal });
  }

  /** The id of the trace just made, when it is whole or five seconds are over. */
  async function newTrace(): Promise<string | undefined> {
    const unseen = () => store.traces().find(({ traceId }) => !shown.has(traceId))?.traceId;
    await store.waitFor(() => isWhole(unseen()), { timeout: 5000 }).catch(() => {});
    signal.throwIfAborted();
    const traceId = unseen();
    if (traceId !== undefined) shown.add(traceId);
    return traceId;
  }

  function isWhole(traceId: string | undefined): boolean {
    return traceId !== undefined && chainReport(store, path, traceId).missing.length === 0;
  }
}
