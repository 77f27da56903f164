// The load generator: a process of its own on a core of its own, told by messages what to send.
import autocannon from 'autocannon';
import type { Load, LoadResult } from './load-process.ts';

process.on('message', async (load: Load) => {
  process.send?.(await send(load));
});
process.on('disconnect', () => process.exit());

/** An exact number of requests, so that none is cut off half way and all are counted. */
async function send({ url, connections, requests }: Load): Promise<LoadResult> {
  const started = performance.now();
  const result = await autocannon({ url, connections, amount: requests, sampleInt: 50 });
  return {
    requests: result['2xx'],
    failed: result.errors + result.timeouts + result.non2xx,
    seconds: (performance.now() - started) / 1000,
    p50Millis: result.latency.p50,
    p99Millis: result.latency.p99,
  };
}
