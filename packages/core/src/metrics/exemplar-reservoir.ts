import { bucketOf } from './bucket-of.ts';

/** Which measurements of a series are kept, and at which place; the reservoirs of the SDK specification. */
export interface ExemplarReservoir {
  /** Of a histogram: its upper bounds. */
  readonly boundaries?: readonly number[];
  /** Which of its parts a value belongs to: each part keeps its own. */
  partOf(value: number): number;
  /** The place to keep a measurement of this part at, or -1. It is the `count`th of the part and stands for so many. */
  placeOf(part: number, count: number, standsFor: number): number;
}

/** AlignedHistogramBucketExemplarReservoir: one of each bucket, any with the same chance. */
export function alignedReservoir(boundaries: readonly number[]): ExemplarReservoir {
  return {
    boundaries,
    partOf: (value) => bucketOf(boundaries, value),
    placeOf: (bucket, count, standsFor) => (Math.random() * count < standsFor ? bucket : -1),
  };
}

/** SimpleFixedSizeExemplarReservoir: so many of all, any with the same chance. */
export function fixedSizeReservoir(size: number): ExemplarReservoir {
  return {
    partOf: () => 0,
    placeOf(_part, count, standsFor) {
      const place = count <= size ? count - 1 : Math.floor((Math.random() * count) / standsFor);
      return place < size ? place : -1;
    },
  };
}
