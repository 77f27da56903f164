import { type Meter, type MeterProvider, type MetricOptions, ValueType } from '@opentelemetry/api';
import { harmless, orElse, textOf } from '../lifecycle/harmless.ts';
import type { ApiExemplars } from './api-exemplars.ts';
import type { InstrumentInfo } from './duration-histogram.ts';
import { guardedInstrument } from './guarded-instrument.ts';
import type { InstrumentNews } from './instrument-news.ts';

/** The MeterProvider registered with the API: the SDK's; every new instrument is announced, and its measurements may become exemplars. */
export class AnnouncingMeterProvider implements MeterProvider {
  readonly #provider: MeterProvider;
  readonly #news: InstrumentNews;
  readonly #exemplars: ApiExemplars;

  constructor(provider: MeterProvider, news: InstrumentNews, exemplars: ApiExemplars) {
    this.#provider = provider;
    this.#news = news;
    this.#exemplars = exemplars;
  }

  getMeter(name: string, version?: string, options?: { schemaUrl?: string }): Meter {
    const meter = orElse(
      () => this.#provider.getMeter(name, version, options),
      () => this.#provider.getMeter(textOf(name)),
    );
    return announcing(meter, this.#news, this.#exemplars);
  }
}

function announcing(meter: Meter, news: InstrumentNews, exemplars: ApiExemplars): Meter {
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
      function make(given: string, how?: MetricOptions): I {
        const { options, offer, limit } = exemplars.of(meter, type, given, how);
        const instrument = guardedInstrument(create.call(meter, given, options), limit, offer);
        announce(given, how, type);
        return instrument;
      }
      return orElse(
        () => make(textOf(name), usable(options)),
        () => make(textOf(name)),
      );
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
      void harmless(() => meter.addBatchObservableCallback(callback, observables)),
    removeBatchObservableCallback: (callback, observables) =>
      void harmless(() => meter.removeBatchObservableCallback(callback, observables)),
  } as Meter;
}

/** The SDK prints what it was given when two instruments of one name differ: that has to be text, and a kind of value one of its own. */
function usable(options: MetricOptions | undefined): MetricOptions | undefined {
  if (typeof options !== 'object' || options === null) return undefined;
  const { description, unit, valueType } = options;
  return {
    ...options,
    description: textOf(description ?? ''),
    unit: textOf(unit ?? ''),
    valueType: valueType === ValueType.INT ? ValueType.INT : ValueType.DOUBLE,
  };
}
