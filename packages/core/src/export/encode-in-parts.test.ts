import { expect, it } from 'vitest';
import type { Encoding } from './encode.ts';
import { encodeInParts } from './encode-in-parts.ts';

const MIB = 1024 * 1024;

/** Items are their size in MiB; a negative one cannot be encoded. */
const encoding: Encoding<number[]> = {
  contentType: 'text/plain',
  encode(batch) {
    if (batch.some((size) => size < 0)) throw new Error('poisoned');
    const total = batch.reduce((sum, size) => sum + size, 0);
    return { length: total * MIB } as Uint8Array;
  },
  count: (batch) => batch.length,
  part: (batch) => (batch.length > 1 ? [batch.slice(0, 1), batch.slice(1)] : [batch]),
  cut: (batch) => [batch, undefined],
  join: ([first]) => first as Uint8Array,
  partialSuccess: () => undefined,
};

function parts(batch: number[]) {
  const lost: string[] = [];
  const encoded = encodeInParts(encoding, batch, (items, { message }) =>
    lost.push(`${items}: ${message}`),
  );
  return { lost, items: encoded.map(({ items }) => items) };
}

it('leaves a good batch whole', () => {
  expect(parts([1, 2, 3])).toEqual({ lost: [], items: [3] });
});

it('parts a batch over 64 MiB and refuses an item over it, counted', () => {
  expect(parts([40, 40])).toEqual({ lost: [], items: [1, 1] });
  expect(parts([1, 65, 2])).toEqual({ lost: ['1: it is larger than 64 MiB'], items: [1, 1] });
});

it('leaves out the poisoned item alone', () => {
  expect(parts([1, -1, 2, 3])).toEqual({
    lost: ['1: it cannot be encoded: poisoned'],
    items: [1, 2],
  });
});
