import type { Attributes, SpanContext } from '@opentelemetry/api';
import { type Exemplar, exemplarOf } from './exemplar.ts';
import type { ExemplarReservoir } from './exemplar-reservoir.ts';

/** The exemplars of the measurements made with one set of attributes. */
export class ExemplarSeries {
  readonly attributes: Attributes;
  #kept: (Exemplar | undefined)[] = [];
  readonly #seen: number[] = [];

  constructor(attributes: Attributes) {
    this.attributes = attributes;
  }

  /** A place of the reservoir for a measurement that stands for so many alike, or -1. */
  placeFor(reservoir: ExemplarReservoir, part: number, standsFor: number): number {
    const count = (this.#seen[part] ?? 0) + standsFor;
    this.#seen[part] = count;
    return reservoir.placeOf(part, count, standsFor);
  }

  keep(place: number, value: number, span: SpanContext | undefined): void {
    this.#kept[place] = exemplarOf(value, span);
  }

  /** They stay until others come, so that two readers see the same; the count of those seen starts anew. */
  collect(): Exemplar[] {
    this.#seen.fill(0);
    return this.#kept.filter((exemplar) => exemplar !== undefined);
  }

  /** What another reservoir keeps of them. */
  moveTo(reservoir: ExemplarReservoir): void {
    const kept = this.collect();
    this.#kept = [];
    this.#seen.length = 0;
    for (const exemplar of kept) {
      const place = this.placeFor(reservoir, reservoir.partOf(exemplar.value), 1);
      if (place >= 0) this.#kept[place] = exemplar;
    }
  }
}
