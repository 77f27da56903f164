// The load generator: a process of its own on a core of its own, told by messages what to send.
import { createHistogram } from 'node:perf_hooks';
import autocannon from 'autocannon';
import type { Load, LoadResult } from './load-process.ts';

process.on('message', async (load: Load) => {
  process.send?.(await send(load));
});
process.on('disconnect', () => process.exit());

/** An exact number of requests, so that none is cut off half way and all are counted. */
async function send({ url, connections, requests, rate }: Load): Promise<LoadResult> {
  const started = performance.now();
  // autocannon's own has whole milliseconds
  const latencies = createHistogram();
  const run = autocannon({
    url,
    connections,
    amount: requests,
    sampleInt: 50,
    ...(rate && { overallRate: rate }),
  });
  run.on('response', (_client, _status, _bytes, millis) =>
    latencies.record(Math.max(1, Math.round(millis * 1000))),
  );
  const result = await run;
  return {
    requests: result['2xx'],
    failed: result.errors + result.timeouts + result.non2xx,
    seconds: (performance.now() - started) / 1000,
    p50Millis: latencies.percentile(50) / 1000,
    p99Millis: latencies.percentile(99) / 1000,
  };
}
