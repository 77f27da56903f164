/** What became of one batch, or of a part of it. */
export interface ExportOutcome {
  /** Whether the receiver acknowledged it. */
  readonly delivered: boolean;
  /** Items of an acknowledged batch that the receiver did not take. */
  readonly rejected?: number;
  /** Not delivered and not refused either: no room, too old, or telemetry ended. */
  readonly dropped?: boolean;
  /** Why not, or why not all. */
  readonly error?: Error;
  /** From a request that is ready to its end, all attempts and waits included. */
  readonly seconds?: number;
}

/** Told for every part of a batch once, with its number of items. */
export type Settle = (items: number, outcome: ExportOutcome) => void;

/** Takes one batch to where it goes: encode(batch), then deliver(bytes). Nothing here rejects. */
export interface BatchExporter<T> {
  /** Resolves when the next batch may come; what becomes of this one is told to `settle`, then or later. */
  export(batch: T, settle: Settle): Promise<void>;
  /** Resolves once everything handed over before is settled, or nobody has ever listened there. */
  flush(): Promise<void>;
  /** Ends what is under way and drops what waits; both are settled at once. */
  giveUp(): void;
  /**
   * Hands out what is not acknowledged, with the batch given on top, for a delivery that cannot wait
   * for the event loop. Whoever takes it settles it.
   */
  takeRest(batch: T | undefined, settle: Settle): LastParcel[];
  shutdown(): Promise<void>;
}

/** An encoded batch and where it goes. */
export interface Packed {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Uint8Array;
  /** Options of the agent that sends it: TLS files, a proxy. */
  readonly agent: object;
}

/** One that somebody else delivers, and is told what became of it. */
export interface LastParcel extends Packed {
  readonly settle: (outcome: ExportOutcome) => void;
}
