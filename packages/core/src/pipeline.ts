import type { LastParcel } from './export/export-outcome.ts';
import type { QueueStats } from './export/queue-stats.ts';
import type { SignalStats } from './export/tally.ts';

/** One signal's way from the API to the exporter. Nothing here rejects. */
export interface Pipeline {
  flush(): Promise<void>;
  /** Ends exports under way and drops what waits, counted: so that a deadline can be kept. */
  giveUp(): void;
  shutdown(): Promise<void>;
  /** Hands out everything that is not acknowledged; whoever takes it settles it. */
  takeRest(): LastParcel[];
  stats(): SignalStats;
}

/** One that puts items into batches. */
export interface BatchingPipeline extends Pipeline {
  /** The queues in front of its exporters. */
  queue(): QueueStats;
}
