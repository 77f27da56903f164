import type { Transport } from './transport.ts';

/** Sends nothing, because a setting that protects the way cannot be used; everything is counted as failed. */
export function refusingTransport(refusal: string): Transport {
  return {
    pack: async (bytes) => ({ bytes, isGzip: false }),
    packSync: (bytes) => ({ bytes, isGzip: false }),
    shrink: async (body) => body,
    attempt: async () => ({ reason: new Error(`nothing is sent: ${refusal}`), again: false }),
    parcel: () => undefined,
    close() {},
  };
}
