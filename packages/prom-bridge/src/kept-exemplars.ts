import { exemplaryLabels } from './exemplary-span.ts';
import type { Labels, PromExemplar } from './prom-registry.ts';

/** As many as are exported: a metric that runs away is not made worse. */
const MAX_SERIES = 2000;

/** The last exemplar of each series of a metric, or of each bucket of each series. */
export class KeptExemplars {
  readonly #labelNames: readonly string[];
  readonly #bySeries = new Map<string, Map<number, PromExemplar>>();

  constructor(labelNames: readonly string[]) {
    this.#labelNames = labelNames;
  }

  /** Keeps a value measured now, if the active span is one to show. `place` is the upper bound of its bucket. */
  keep(labels: Readonly<Labels>, place: number, value: number): void {
    const labelSet = exemplaryLabels();
    if (!labelSet) return;
    const key = this.#keyOf(labels);
    const known = this.#bySeries.get(key);
    if (!known && this.#bySeries.size >= MAX_SERIES) return;
    const places = known ?? new Map<number, PromExemplar>();
    this.#bySeries.set(key, places.set(place, { labelSet, value, timestamp: Date.now() / 1000 }));
  }

  of(labels: Readonly<Labels>, place: number): PromExemplar | undefined {
    return this.#bySeries.get(this.#keyOf(labels))?.get(place);
  }

  forget(labels: Readonly<Labels>): void {
    this.#bySeries.delete(this.#keyOf(labels));
  }

  clear(): void {
    this.#bySeries.clear();
  }

  /** prom-client takes some labels that no text can be made of; they are nobody's series. */
  #keyOf(labels: Readonly<Labels>): string {
    try {
      return this.#labelNames.map((name) => String(labels[name])).join('\u0000');
    } catch {
      return '';
    }
  }
}
