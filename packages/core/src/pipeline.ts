import type { SignalStats } from './export/batcher.ts';

/** One signal's way from the API to the exporter. Nothing here rejects. */
export interface Pipeline {
  flush(): Promise<void>;
  /** Ends exports under way and drops what waits, counted: so that a deadline can be kept. */
  giveUp(): void;
  shutdown(): Promise<void>;
  stats(): SignalStats;
}
