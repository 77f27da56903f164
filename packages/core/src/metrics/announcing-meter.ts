import type { Meter, MeterProvider, MetricOptions } from '@opentelemetry/api';
import type { InstrumentInfo } from './duration-histogram.ts';
import type { InstrumentNews } from './instrument-news.ts';

/** The MeterProvider registered with the API: the SDK's, and every new instrument is announced. */
export class AnnouncingMeterProvider implements MeterProvider {
  readonly #provider: MeterProvider;
  readonly #news: InstrumentNews;

  constructor(provider: MeterProvider, news: InstrumentNews) {
    this.#provider = provider;
    this.#news = news;
  }

  getMeter(name: string, version?: string, options?: { schemaUrl?: string }): Meter {
    return announcing(this.#provider.getMeter(name, version, options), this.#news);
  }
}

function announcing(meter: Meter, news: InstrumentNews): Meter {
  const announce = (
    name: string,
    options: MetricOptions | undefined,
    type: InstrumentInfo['type'],
  ) =>
    news.announce({
      name,
      type,
      description: options?.description ?? '',
      unit: options?.unit ?? '',
    });
  const told =
    <I>(type: InstrumentInfo['type'], create: (name: string, options?: MetricOptions) => I) =>
    (name: string, options?: MetricOptions): I => {
      const instrument = create.call(meter, name, options);
      announce(name, options, type);
      return instrument;
    };
  return {
    createCounter: told('counter', meter.createCounter),
    createUpDownCounter: told('upDownCounter', meter.createUpDownCounter),
    createGauge: told('gauge', meter.createGauge),
    createHistogram: told('histogram', meter.createHistogram),
    createObservableCounter: told('counter', meter.createObservableCounter),
    createObservableUpDownCounter: told('upDownCounter', meter.createObservableUpDownCounter),
    createObservableGauge: told('gauge', meter.createObservableGauge),
    addBatchObservableCallback: (callback, observables) =>
      meter.addBatchObservableCallback(callback, observables),
    removeBatchObservableCallback: (callback, observables) =>
      meter.removeBatchObservableCallback(callback, observables),
  } as Meter;
}
