// The load generator: a process of its own, told by messages what to send. It writes to sockets itself: a whole
// HTTP client takes more of a processor for a request than the servers that it loads.
import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { Connection } from './load-connection.ts';
import type { Load, LoadResult } from './load-process.ts';

/** Open connections of each URL; they are kept from one load to the next. */
const pools = new Map<string, Set<Connection>>();

process.on('message', async (load: Load) => {
  process.send?.(await send(load).catch((error: Error) => ({ error: error.message })));
});
process.on('disconnect', () => process.exit());

/** An exact number of requests, so that none is cut off half way and all are counted; the first that fails ends it. */
async function send({ url, connections, requests, rate }: Load): Promise<LoadResult> {
  const idle = await open(url, connections);
  const started = performance.now();
  const latencies = createHistogram();
  const counts = { sent: 0, answered: 0, failed: 0 };
  await new Promise<void>((resolve) => {
    function sendOn(connection: Connection): void {
      counts.sent += 1;
      connection.send(function settle(isAnswered, millis) {
        record(latencies, millis);
        counts[isAnswered ? 'answered' : 'failed'] += 1;
        if (counts.failed > 0 || counts.answered === requests) resolve();
        else if (rate) idle.push(connection);
        else if (counts.sent < requests) sendOn(connection);
      });
    }

    /** What is due by now, as far as connections are free. */
    function sendDue(): void {
      const due = rate ? ((performance.now() - started) / 1000) * rate : requests;
      while (counts.sent < Math.min(due, requests)) {
        const connection = idle.pop();
        if (!connection) break;
        sendOn(connection);
      }
      if (rate && counts.sent < requests && counts.failed === 0) setTimeout(sendDue, 1);
    }

    sendDue();
  });
  return {
    requests: counts.answered,
    failed: counts.failed,
    seconds: (performance.now() - started) / 1000,
    p50Millis: latencies.percentile(50) / 1000,
    p99Millis: latencies.percentile(99) / 1000,
  };
}

function record(latencies: RecordableHistogram, millis: number): void {
  latencies.record(Math.max(1, Math.round(millis * 1000)));
}

/** As many connections as wanted, those that are open first. */
async function open(url: string, wanted: number): Promise<Connection[]> {
  const pool = pools.get(url) ?? new Set();
  pools.set(url, pool);
  const missing = Math.max(0, wanted - pool.size);
  const opened = Array.from({ length: missing }, () => Connection.open(url));
  for (const connection of await Promise.all(opened)) {
    pool.add(connection);
    connection.onClosed(() => pool.delete(connection));
  }
  return [...pool].slice(0, wanted);
}
