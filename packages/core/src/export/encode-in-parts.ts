import type { Encoding } from './encode.ts';

/** OTLP 1.10: a request over this size should not be sent. */
const MAX_REQUEST_BYTES = 64 * 1024 * 1024;

/** A part of a batch, ready to be sent. */
export interface Encoded {
  readonly bytes: Uint8Array;
  readonly items: number;
}

/**
 * Encodes a batch whole where it can. One that cannot be encoded, or is larger than 64 MiB, is parted
 * until only the items that are to blame are left out; these are told to `onLost`.
 */
export function encodeInParts<T>(
  encoding: Encoding<T>,
  batch: T,
  onLost: (items: number, error: Error) => void,
): Encoded[] {
  const items = encoding.count(batch);
  try {
    const bytes = encoding.encode(batch);
    if (bytes.length <= MAX_REQUEST_BYTES) return [{ bytes, items }];
    return partsOf(encoding, batch, onLost, new Error('it is larger than 64 MiB'));
  } catch (error) {
    const { message } = error as Error;
    return partsOf(encoding, batch, onLost, new Error(`it cannot be encoded: ${message}`));
  }
}

function partsOf<T>(
  encoding: Encoding<T>,
  batch: T,
  onLost: (items: number, error: Error) => void,
  error: Error,
): Encoded[] {
  const parts = encoding.part(batch);
  if (parts.length > 1) return parts.flatMap((part) => encodeInParts(encoding, part, onLost));
  onLost(encoding.count(batch), error);
  return [];
}
