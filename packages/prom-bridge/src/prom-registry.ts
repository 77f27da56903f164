import type { OpenMetricsContentType, PrometheusContentType, Registry } from 'prom-client';

/**
 * A prom-client registry of either text format.
 *
 * @example
 * ```ts
 * const registry: PromRegistry = new promClient.Registry();
 * ```
 */
export type PromRegistry = Registry<PrometheusContentType> | Registry<OpenMetricsContentType>;

/** The kinds of metric prom-client writes. */
export type PromType = 'counter' | 'gauge' | 'histogram' | 'summary';

/** Labels of one sample. */
export type Labels = Record<string, string | number>;

/** A measurement that stands for a sample, as prom-client writes it into OpenMetrics; its time is in seconds since 1970. */
export interface PromExemplar {
  readonly labelSet: Readonly<Labels>;
  readonly value: number;
  readonly timestamp: number;
}

/** One sample; `metricName` where it is not the metric's own (`_bucket`, `_sum`, `_count`). */
export interface PromValue {
  readonly value: number;
  readonly labels: Readonly<Labels>;
  readonly metricName?: string;
  readonly exemplar?: PromExemplar | null;
}

/** What `get()` of any prom-client metric resolves to. (prom-client's declarations call `type` a number; it is a word.) */
export interface PromReading {
  readonly name: string;
  readonly help: string;
  readonly type: PromType;
  readonly values: readonly PromValue[];
}

/** What a registry asks of a metric: this is all, so anybody may register one of their own. */
export interface PromMetric {
  readonly name: string;
  get(): Promise<PromReading>;
}

/** Throws a TypeError when a registry of prom-client is expected and it is none. */
export function checkRegistry(where: string, registry: unknown): void {
  const methods = ['metrics', 'getMetricsAsArray', 'getSingleMetric', 'registerMetric'];
  const isObject = typeof registry === 'object' && registry !== null;
  const has = (name: string) => typeof Reflect.get(registry as object, name) === 'function';
  if (isObject && methods.every(has)) return;
  throw new TypeError(
    `${where}: expected a Registry of prom-client, got ${isObject ? 'another object' : String(registry)}`,
  );
}

/** The registry's metrics, as the plain objects they are. */
export function metricsOf(registry: PromRegistry): PromMetric[] {
  return registry.getMetricsAsArray() as unknown as PromMetric[];
}

/**
 * The labels a registry adds to every sample. It has no getter for them, and `getMetricsAsJSON()`, which applies them,
 * writes them into the metrics' own state for good; so the field is read, and a test fails should it be renamed.
 */
export function defaultLabelsOf(registry: PromRegistry): Labels {
  return (registry as unknown as { _defaultLabels?: Labels })._defaultLabels ?? {};
}
