import type { Packed } from './export-outcome.ts';

/** What one attempt came to: an acknowledgement, or a reason and whether to ask again. */
export interface Attempted {
  readonly acknowledged?: Uint8Array;
  readonly reason?: Error;
  readonly again?: boolean;
  readonly retryAfter?: string | undefined;
}

/** The way to one receiver for one signal. Nothing here rejects. */
export interface Transport {
  /** As it is sent: compressed, if the setting says so. */
  pack(bytes: Uint8Array): Promise<Uint8Array>;
  packSync(bytes: Uint8Array): Uint8Array;
  /** Sends once, within its own deadline. */
  attempt(body: Uint8Array, giveUp: AbortSignal): Promise<Attempted>;
  /** The same for a thread that sends while the process exits; undefined where that cannot be. */
  parcel(body: Uint8Array): Packed | undefined;
  close(): void;
}
