/** What became of one batch. */
export interface ExportOutcome {
  /** Whether the receiver acknowledged it. */
  readonly delivered: boolean;
  /** Why not. */
  readonly error?: Error;
}

/**
 * Takes one batch to where it goes: encode(signal, batch), then deliver(bytes). The official
 * exporters do both in one class for now; whatever replaces them stays in this folder.
 */
export interface BatchExporter<T> {
  export(batch: T): Promise<ExportOutcome>;
  shutdown(): Promise<void>;
}
