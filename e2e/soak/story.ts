import type { SenderSdk } from '../delivery/start-sender.ts';

/** What a story stands on. */
export interface Kit {
  readonly toxiproxy: string;
  /** The real Collector's binary. */
  readonly collector: string;
  /** Of the official SDK, when the story is about it. */
  readonly sdk: SenderSdk;
  /** All durations are divided by this. */
  readonly faster: number;
}

/** What came of it: a column of the table, an empty text where there is nothing to say. */
export interface Figures {
  readonly made: number;
  readonly lost: number;
  /** Lost, and counted as such by the sender. */
  readonly counted: number;
  readonly twice: number;
  /** MiB of heap and external at its peak. */
  readonly peak: number;
  /** MiB of heap and external above the level before. */
  readonly memory: number;
  /** MiB of RSS above the level before. */
  readonly rss: number;
  /** MiB of heap and external above the level before, both after a garbage collection. */
  readonly kept: number;
  /** Milliseconds: event loop delay, p99, before and meanwhile. */
  readonly loopBefore: number;
  readonly loop: number;
  /** Seconds until all that could arrive had. */
  readonly drained: number;
  /** Lines on stderr. */
  readonly said: number;
}

/** A long fault, and what it must come to. */
export interface Story {
  readonly name: string;
  readonly title: string;
  /** What it must come to, for people. */
  readonly passes: string;
  run(kit: Kit): Promise<Figures>;
  /** What is wrong with the figures of ours; empty when nothing is. */
  faults(figures: Figures): string[];
}
