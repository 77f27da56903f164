import type { SignalStats } from './export/batcher.ts';

/** One signal's way from the API to the exporter. Nothing here rejects. */
export interface Pipeline {
  flush(): Promise<void>;
  shutdown(): Promise<void>;
  stats(): SignalStats;
}
