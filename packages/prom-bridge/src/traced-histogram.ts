import { Histogram, type HistogramConfiguration, type LabelValues } from 'prom-client';
import { KeptExemplars } from './kept-exemplars.ts';
import { labelsFrom } from './labels-from.ts';
import type { Labels, PromReading, PromValue } from './prom-registry.ts';

const kept = new WeakMap<object, KeptExemplars>();

/** A line of a histogram: prom-client keeps the labels that all lines of a series have apart from `le`. */
type SharingLine = PromValue & { readonly sharedLabels?: Readonly<Labels> };

/** prom-client's declarations leave it out. */
const plainReading = (
  Histogram.prototype as unknown as {
    getForPromString(): Promise<PromReading & { values: readonly SharingLine[] }>;
  }
).getForPromString;

/** prom-client's own default. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A prom-client histogram that remembers, for each bucket of each series, the last span it was measured in. */
class TracedHistogram<T extends string> extends Histogram<T> {
  readonly #labelNames: readonly string[];
  readonly #buckets: readonly number[];
  readonly #exemplars: KeptExemplars;

  constructor(configuration: HistogramConfiguration<T>) {
    super({ ...configuration, enableExemplars: false }); // it would change the call form
    this.#labelNames = configuration.labelNames ?? [];
    this.#buckets = configuration.buckets ?? BUCKETS;
    this.#exemplars = new KeptExemplars(this.#labelNames);
    const count = this.observe.bind(this) as (...given: unknown[]) => void;
    kept.set(this, this.#exemplars);
    // prom-client sets `observe` on each histogram: a method of this class would never be called. Timers use it too.
    this.observe = ((...given: unknown[]) => {
      count(...given);
      const [first, second] = given;
      const labelled = typeof first === 'object' || first === undefined;
      this.#keep((labelled ? (first ?? {}) : {}) as Labels, Number(labelled ? second : first));
    }) as Histogram<T>['observe'];
  }

  override labels(...given: (string | LabelValues<T>)[]): Histogram.Internal<T> {
    const child = super.labels(...(given as string[]));
    const labels = labelsFrom(this.#labelNames, given);
    return {
      ...child,
      observe: (value: number) => {
        child.observe(value);
        this.#keep(labels, value);
      },
    };
  }

  /** What a registry asks for its text, and `get()` for its values. */
  async getForPromString(): Promise<PromReading> {
    const reading = await plainReading.call(this);
    return { ...reading, values: reading.values.map((line) => this.#withExemplar(line)) };
  }

  override reset(): void {
    kept.get(this)?.clear(); // prom-client's constructor calls it too, before there is anything
    super.reset();
  }

  override zero(labels: LabelValues<T>): void {
    this.#exemplars.forget(labels as Labels);
    super.zero(labels);
  }

  override remove(...given: (string | LabelValues<T>)[]): void {
    this.#exemplars.forget(labelsFrom(this.#labelNames, given));
    super.remove(...(given as string[]));
  }

  #withExemplar(line: SharingLine): PromValue {
    const { le } = line.labels;
    if (le === undefined) return line;
    const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
    const exemplar = this.#exemplars.of(line.sharedLabels ?? line.labels, bound);
    return exemplar ? { ...line, exemplar } : line;
  }

  #keep(labels: Labels, value: number): void {
    const bound = this.#buckets.find((upper) => value <= upper) ?? Number.POSITIVE_INFINITY;
    this.#exemplars.keep(labels, bound, value);
  }
}

/**
 * A prom-client histogram whose buckets carry exemplars: the trace and span that were measured last, over OTLP and in an
 * OpenMetrics registry. It is called as any histogram of prom-client is (`observe`, `startTimer`, `labels`), and may be
 * in a registry of either format. Only sampled spans are shown (`OTEL_METRICS_EXEMPLAR_FILTER`, default `trace_based`).
 *
 * @throws what prom-client's constructor throws for a configuration it cannot use
 *
 * @example
 * ```ts
 * const payments = tracedHistogram({ name: 'payment_seconds', help: 'Payments', labelNames: ['bank'] });
 * const end = payments.startTimer({ bank: 'one' });
 * await pay();
 * end();
 * ```
 */
export function tracedHistogram<T extends string>(
  configuration: HistogramConfiguration<T>,
): Histogram<T> {
  return new TracedHistogram(configuration);
}
