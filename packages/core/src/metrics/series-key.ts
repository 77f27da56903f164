import type { Attributes } from '@opentelemetry/api';
import type { MetricData } from './metric-model.ts';

/** Every attribute that any point has: a view that filters keeps these and no others. */
export function keysOf({ dataPoints }: MetricData): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { attributes } of dataPoints) for (const key in attributes) keys.add(key);
  return keys;
}

// A series keeps its attributes object from one collection to the next.
const POINT_KEYS = new WeakMap<Attributes, string>();

/** The same text for the same attributes, in whatever order. */
export function pointKey(attributes: Attributes): string {
  const known = POINT_KEYS.get(attributes);
  if (known !== undefined) return known;
  const key = keyOf(attributes, Object.keys(attributes));
  POINT_KEYS.set(attributes, key);
  return key;
}

/** The key of the point that a measurement with these attributes is added to, if points have only these keys. */
export function seriesKey(attributes: Attributes, keys: ReadonlySet<string>): string {
  return keyOf(
    attributes,
    Object.keys(attributes).filter((key) => keys.has(key)),
  );
}

function keyOf(attributes: Attributes, keys: string[]): string {
  return JSON.stringify(keys.sort().map((key) => [key, attributes[key]]));
}
