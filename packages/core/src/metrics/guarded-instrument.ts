import type { Attributes, Context } from '@opentelemetry/api';
import type { Offer } from './api-exemplars.ts';
import type { SeriesLimit } from './series-limit.ts';

type Method = (...values: unknown[]) => void;

/** The instrument with `add` and `record` that throw nothing into the application, keep to the limit of series, and offer what they recorded as an exemplar. */
export function guardedInstrument<I>(instrument: I, limit: SeriesLimit, offer?: Offer): I {
  const methods = instrument as Record<string, unknown>;
  for (const name of ['add', 'record']) {
    const method = methods[name];
    if (typeof method === 'function')
      methods[name] = guarded(method.bind(instrument), limit, offer);
  }
  return instrument;
}

/** A `try` of its own: this runs at every measurement, and a function for harmless() would be made at each. */
function guarded(measure: Method, limit: SeriesLimit, offer: Offer | undefined) {
  return (value: unknown, attributes?: Attributes | null, context?: Context | null): void => {
    try {
      const known = typeof attributes === 'object' ? (attributes ?? undefined) : undefined;
      measure(value, limit.of(known), context ?? undefined);
      offer?.(value, known, context ?? undefined);
    } catch {} // what was given cannot be measured: the application is not told
  };
}
