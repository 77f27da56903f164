import type { Packed } from './export-outcome.ts';

/** What one attempt came to: an acknowledgement, or a reason and whether to ask again. */
export interface Attempted {
  readonly acknowledged?: Uint8Array;
  readonly reason?: Error;
  readonly again?: boolean;
  readonly retryAfter?: string | undefined;
}

/** An encoded batch as it is kept and sent. */
export interface Body {
  readonly bytes: Uint8Array;
  readonly isGzip: boolean;
}

/** The way to one receiver for one signal. Nothing here rejects. */
export interface Transport {
  /** As it is sent: compressed, if the setting says so. */
  pack(bytes: Uint8Array): Promise<Body>;
  packSync(bytes: Uint8Array): Body;
  /** As small as it can be kept, and sent. */
  shrink(body: Body): Promise<Body>;
  /** Sends once, within its own deadline. */
  attempt(body: Body, giveUp: AbortSignal): Promise<Attempted>;
  /** The same for a thread that sends while the process exits; undefined where that cannot be. */
  parcel(body: Body): Packed | undefined;
  close(): void;
}
