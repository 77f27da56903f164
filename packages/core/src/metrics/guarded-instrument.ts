import { harmless } from '../lifecycle/harmless.ts';

type Method = (...values: unknown[]) => void;

/** The instrument with `add` and `record` that throw nothing into the application. */
export function guardedInstrument<I>(instrument: I): I {
  const methods = instrument as Record<string, unknown>;
  for (const name of ['add', 'record']) {
    const method = methods[name];
    if (typeof method !== 'function') continue;
    const measure = method.bind(instrument) as Method;
    methods[name] = (value: unknown, attributes?: unknown, context?: unknown) =>
      void harmless(() => measure(value, attributes ?? undefined, context ?? undefined));
  }
  return instrument;
}
