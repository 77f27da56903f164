import { type Collector, startCollector } from '@org/otel-testing';
import { startUpstream, type Upstream } from '../packed/start-upstream.ts';

/** What a cell has for itself while it runs: where its telemetry goes, and whom it calls. */
export interface Bench extends AsyncDisposable {
  readonly collector: Collector;
  readonly upstream: Upstream;
}

/** Starts both. */
export async function startBench(): Promise<Bench> {
  const [collector, upstream] = await Promise.all([startCollector(), startUpstream()]);
  return {
    collector,
    upstream,
    async [Symbol.asyncDispose]() {
      await Promise.all([collector.close(), upstream[Symbol.asyncDispose]()]);
    },
  };
}
