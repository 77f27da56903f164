/** What became of one batch. */
export interface ExportOutcome {
  /** Whether the receiver acknowledged it. */
  readonly delivered: boolean;
  /** Items of an acknowledged batch that the receiver did not take. */
  readonly rejected?: number;
  /** Why not, or why not all. */
  readonly error?: Error;
}

/** Takes one batch to where it goes: encode(batch), then deliver(bytes). Never rejects. */
export interface BatchExporter<T> {
  export(batch: T): Promise<ExportOutcome>;
  /** Ends what is under way, unacknowledged. */
  giveUp(): void;
  shutdown(): Promise<void>;
}
