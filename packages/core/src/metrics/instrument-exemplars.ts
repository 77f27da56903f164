import type { Attributes, SpanContext } from '@opentelemetry/api';
import { AttributeTree } from './attribute-tree.ts';
import {
  alignedReservoir,
  type ExemplarReservoir,
  fixedSizeReservoir,
} from './exemplar-reservoir.ts';
import { ExemplarSeries } from './exemplar-series.ts';

/** Sets of attributes whose exemplars are kept, as many as an instrument has series. */
const MAX_SERIES = 2000;

/** So many measurements of a bucket are all looked at between two collections, and then one in `STRIDE`. */
const BUSY = 250;

const STRIDE = 16;

/** The specification's size for exponential histograms. */
export const EXPONENTIAL_EXEMPLARS = 20;

/**
 * The exemplars of one instrument, by the attributes they were measured with. What a view makes of these is seen only
 * when the points are there. Where there are too many sets, the latest remain: at most two trees full.
 */
export class InstrumentExemplars {
  #reservoir: ExemplarReservoir;
  #tree = new AttributeTree<ExemplarSeries>();
  #older: readonly ExemplarSeries[] = [];
  readonly #offered: number[] = [];
  readonly #boundaries = new Set<number>();

  constructor(reservoir: ExemplarReservoir) {
    this.#reservoir = reservoir;
  }

  /**
   * How many measurements this one stands for, 0 when it is not looked at: where there are hundreds alike, some are
   * enough, and the others cost next to nothing. Buckets are counted one by one, so a rare value is always looked at.
   */
  standsFor(value: number): number {
    const offered = this.#offered[this.#reservoir.partOf(value)] ?? 0;
    if (offered < BUSY) return 1;
    return Math.random() * STRIDE < 1 ? STRIDE : 0;
  }

  offer(value: number, attributes: Attributes, span: SpanContext | undefined, standsFor: number) {
    const part = this.#reservoir.partOf(value);
    this.#offered[part] = (this.#offered[part] ?? 0) + 1;
    const series = this.#tree.of(attributes, newSeries);
    const place = series.placeFor(this.#reservoir, part, standsFor);
    if (place >= 0) series.keep(place, value, span);
    if (this.#tree.all.length >= MAX_SERIES) this.#turn();
  }

  /** All there are; with a collection the counts start anew. */
  collect(): readonly ExemplarSeries[] {
    this.#offered.fill(0);
    return this.#series();
  }

  #series(): readonly ExemplarSeries[] {
    return [...this.#older, ...this.#tree.all];
  }

  /** The boundaries that a view gave a stream of this instrument; with those of all its streams, each has its buckets. */
  suitBoundaries(boundaries: readonly number[]): void {
    if (boundaries.every((bound) => this.#boundaries.has(bound))) return;
    for (const bound of boundaries) this.#boundaries.add(bound);
    this.#suit(alignedReservoir([...this.#boundaries].sort((a, b) => a - b)));
  }

  /** A histogram turned out to be exponential. */
  suitExponential(): void {
    const isAligned = this.#reservoir.boundaries !== undefined;
    if (isAligned && this.#boundaries.size === 0)
      this.#suit(fixedSizeReservoir(EXPONENTIAL_EXEMPLARS));
  }

  #suit(reservoir: ExemplarReservoir): void {
    this.#reservoir = reservoir;
    this.#offered.length = 0;
    for (const series of this.#series()) series.moveTo(reservoir);
  }

  #turn(): void {
    this.#older = this.#tree.all;
    this.#tree = new AttributeTree();
  }
}

function newSeries(attributes: Attributes): ExemplarSeries {
  return new ExemplarSeries(attributes);
}
