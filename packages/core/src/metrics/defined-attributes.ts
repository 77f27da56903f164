import type { Attributes } from '@opentelemetry/api';

/** Without those that have no value. */
export function definedAttributes(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
