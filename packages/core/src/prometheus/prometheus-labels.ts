import type { Attributes } from '@opentelemetry/api';
import { orElse } from '../lifecycle/harmless.ts';

/** Labels of a series, by name. */
export type Labels = Record<string, string>;

/**
 * Attributes as Prometheus labels: `http.route` -> `http_route`. Two keys that become one keep both values, joined by `;`
 * in the order of their keys, as the compatibility specification asks. A value that cannot be text is empty.
 */
export function prometheusLabels(attributes: Attributes): Readonly<Labels> {
  if (typeof attributes !== 'object') return {}; // nobody checks what an observable's callback gives
  const known = KNOWN.get(attributes);
  if (known) return known;
  const labels = makeLabels(attributes);
  KNOWN.set(attributes, labels);
  return labels;
}

// The SDK keeps one attributes object for each series: a scrape of many series mostly finds its labels ready.
const KNOWN = new WeakMap<Attributes, Labels>();

function makeLabels(attributes: Attributes): Labels {
  const labels: Labels = {};
  for (const key of Object.keys(attributes).sort()) {
    const value = attributes[key];
    if (value === undefined || value === null) continue;
    const label = labelName(key);
    labels[label] = Object.hasOwn(labels, label)
      ? `${labels[label]};${labelValue(value)}`
      : labelValue(value);
  }
  return labels;
}

function labelName(key: string): string {
  const name = key.replaceAll(/[^a-zA-Z0-9_]/g, '_').replaceAll(/_{2,}/g, '_');
  return /^[0-9]/.test(name) || name === '' ? `_${name}` : name;
}

function labelValue(value: unknown): string {
  return orElse(
    () => (typeof value === 'object' ? JSON.stringify(value) : String(value)),
    () => '',
  );
}
