import { type Context, propagation } from '@opentelemetry/api';

/** The listed keys that the context's baggage has, with their values, each told to `set`. */
export function baggageAttributes(
  keys: readonly string[],
  context: Context,
  set: (key: string, value: string) => void,
): void {
  const baggage = propagation.getBaggage(context);
  if (!baggage) return;
  for (const key of keys) {
    const entry = baggage.getEntry(key);
    if (entry) set(key, entry.value);
  }
}
