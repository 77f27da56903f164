import { collectMetrics, onInstrument } from '@org/otel-core';
import { type Named, prometheusLabels, prometheusName } from '@org/otel-core/prometheus';
import type { Producer } from './metric-data.ts';
import { registerProxy } from './metric-proxy.ts';
import { metricsOf, type PromMetric, type PromRegistry, type PromType } from './prom-registry.ts';
import { type Scrape, shareScrapes } from './scrape.ts';
import { toPrometheus } from './to-prometheus.ts';

/** What is shown beside the instruments. */
export interface ShowOptions {
  readonly targetInfo: boolean;
  readonly scopeLabels: boolean;
  /** The registry's own metrics on their way out, which are not to come back. */
  readonly without: Producer | undefined;
}

type Instrument = Parameters<Parameters<typeof onInstrument>[0]>[0];

const TYPES: Readonly<Record<Instrument['type'], PromType>> = {
  counter: 'counter',
  upDownCounter: 'gauge',
  gauge: 'gauge',
  histogram: 'histogram',
};

/**
 * Registers a proxy in the registry for every instrument, as instruments appear.
 *
 * @returns takes all of them out again
 */
export function showInRegistry(registry: PromRegistry, options: ShowOptions): () => void {
  const { without } = options;
  const scrape = shareScrapes(
    () => collectMetrics(without ? { without } : {}),
    options.scopeLabels,
  );
  const proxies: PromMetric[] = [];
  const keep = (proxy: PromMetric | undefined) => proxy && proxies.push(proxy);

  if (options.targetInfo) keep(registerTargetInfo(registry, scrape));
  const stop = onInstrument(function showInstrument(instrument) {
    keep(registerInstrument(registry, instrument, scrape));
  });
  return function takeOut() {
    stop();
    for (const proxy of proxies) remove(registry, proxy);
  };
}

function registerInstrument(
  registry: PromRegistry,
  instrument: Instrument,
  scrape: () => Promise<Scrape>,
): PromMetric | undefined {
  const promName = prometheusName({ ...instrument, kind: kindOf(instrument.type) });
  if (promName === '') return undefined;
  const type = TYPES[instrument.type];
  const help = instrument.description || instrument.name;
  return registerProxy(registry, {
    promName,
    help,
    type,
    read: async (name) =>
      toPrometheus(name, help, type, (await scrape()).parts.get(promName) ?? []),
  });
}

function kindOf(type: Instrument['type']): Named['kind'] {
  return type === 'counter' || type === 'gauge' ? type : 'other';
}

/** Who these metrics are about: the resource, as the labels of one series. */
function registerTargetInfo(registry: PromRegistry, scrape: () => Promise<Scrape>) {
  const help = 'Target metadata';
  return registerProxy(registry, {
    promName: 'target_info',
    help,
    type: 'gauge',
    async read(name) {
      const { resource } = await scrape();
      const values = resource ? [{ value: 1, labels: prometheusLabels(resource.attributes) }] : [];
      return { name, help, type: 'gauge', values };
    },
  });
}

/** Only what is still ours: the registry may have been cleared and filled anew. */
function remove(registry: PromRegistry, proxy: PromMetric): void {
  if (metricsOf(registry).includes(proxy)) registry.removeSingleMetric(proxy.name);
}
