import { Counter, type CounterConfiguration, type LabelValues } from 'prom-client';
import { KeptExemplars } from './kept-exemplars.ts';
import { labelsFrom } from './labels-from.ts';
import type { Labels } from './prom-registry.ts';

const kept = new WeakMap<object, KeptExemplars>();

/** A prom-client counter that remembers, for each series, the last span it was counted in. */
class TracedCounter<T extends string> extends Counter<T> {
  readonly #labelNames: readonly string[];

  constructor(configuration: CounterConfiguration<T>) {
    super({ ...configuration, enableExemplars: false }); // it would change the call form
    this.#labelNames = configuration.labelNames ?? [];
    const exemplars = new KeptExemplars(this.#labelNames);
    const count = this.inc.bind(this) as (...given: unknown[]) => unknown;
    kept.set(this, exemplars);
    // prom-client sets `inc` on each counter: a method of this class would never be called.
    this.inc = function incTraced(...given: unknown[]) {
      const counted = count(...given);
      const labelled = typeof given[0] === 'object' && given[0] !== null;
      const [labels, value] = labelled ? given : [{}, given[0]];
      exemplars.keep(labels as Labels, 0, Number(value ?? 1));
      return counted;
    } as Counter<T>['inc'];
  }

  override async get() {
    const reading = await super.get();
    const exemplars = kept.get(this);
    const values = reading.values.map((line) => {
      const exemplar = exemplars?.of(line.labels as Labels, 0);
      return exemplar ? { ...line, exemplar } : line;
    });
    return { ...reading, values };
  }

  override reset(): void {
    kept.get(this)?.clear(); // prom-client's constructor calls it too, before there is anything
    super.reset();
  }

  override remove(...given: (string | LabelValues<T>)[]): void {
    kept.get(this)?.forget(labelsFrom(this.#labelNames, given));
    super.remove(...(given as string[]));
  }
}

/**
 * A prom-client counter whose series carry exemplars: the trace and span that counted last, over OTLP and in an
 * OpenMetrics registry. It is called as any counter of prom-client is, and may be in a registry of either format.
 * Only sampled spans are shown (`OTEL_METRICS_EXEMPLAR_FILTER`, default `trace_based`).
 *
 * @throws what prom-client's constructor throws for a configuration it cannot use
 *
 * @example
 * ```ts
 * const orders = tracedCounter({ name: 'orders_total', help: 'Orders', labelNames: ['kind'] });
 * orders.inc({ kind: 'gift' });
 * ```
 */
export function tracedCounter<T extends string>(
  configuration: CounterConfiguration<T>,
): Counter<T> {
  return new TracedCounter(configuration);
}
