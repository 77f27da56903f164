import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { errorOf } from './error-of.ts';
import { stampOf } from './stamped.ts';

// Deeper than any line is meant to be read; what lies below is written as its type.
const MAX_DEPTH = 8;
// A line that carries a whole request or ORM entity must not hold up the ones behind it.
const MAX_VALUES = 1_000;

const NOT_ATTRIBUTES = new Set(['level', 'message', 'timestamp']);

/** How many values may still be read from a line. */
interface Budget {
  left: number;
}

/**
 * What a line says besides its message, as attributes: any value, never a throw. Circular parts and throwing getters
 * become a word, functions and symbols are left out, BigInt and Date become text; after 1,000 values the rest is a
 * word too. The error that the line is about is left to the caller.
 */
export function logAttributes(info: object): { attributes: Attributes; error: Error | undefined } {
  const attributes: Attributes = {};
  const error = errorOf(info);
  const stamped = stampOf(info)?.fields;
  const budget = { left: MAX_VALUES };
  for (const key of Object.keys(info)) {
    if (NOT_ATTRIBUTES.has(key) || stamped?.includes(key)) continue;
    const value = read(info, key);
    if (value === error && error) continue;
    if (error && key === 'cause') continue; // winston copies it from the error
    put(attributes, key, attributeValue(value, [], budget));
  }
  return { attributes, error };
}

/** Any value as one that OTLP has; undefined where there is nothing to say. */
export function logValue(value: unknown): AttributeValue | undefined {
  return attributeValue(value, [], { left: MAX_VALUES });
}

function attributeValue(
  value: unknown,
  above: readonly object[],
  budget: Budget,
): AttributeValue | undefined {
  if (budget.left-- <= 0) return '[more]';
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return value.toString();
    case 'object':
      return value === null ? undefined : objectValue(value, above, budget);
    default:
      return undefined;
  }
}

function objectValue(
  value: object,
  above: readonly object[],
  budget: Budget,
): AttributeValue | undefined {
  try {
    return partsOf(value, above, budget);
  } catch {
    return '[threw]'; // a proxy or a method of its own
  }
}

function partsOf(
  value: object,
  above: readonly object[],
  budget: Budget,
): AttributeValue | undefined {
  if (above.includes(value)) return '[circular]';
  if (value instanceof Uint8Array) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (value instanceof Error) return value.stack ?? String(value);
  if (above.length >= MAX_DEPTH) return Array.isArray(value) ? '[array]' : '[object]';
  const path = [...above, value];
  return Array.isArray(value) ? arrayValue(value, path, budget) : recordValue(value, path, budget);
}

function arrayValue(
  items: readonly unknown[],
  path: readonly object[],
  budget: Budget,
): AttributeValue {
  const values: AttributeValue[] = [];
  for (const item of items) {
    if (budget.left <= 0) return [...values, '[more]'];
    values.push(attributeValue(item, path, budget) ?? '');
  }
  return values;
}

function recordValue(value: object, path: readonly object[], budget: Budget): AttributeValue {
  const record: Attributes = {};
  for (const key of keysOf(value)) {
    if (budget.left <= 0) return { ...record, '[more]': true };
    put(record, key, attributeValue(read(value, key), path, budget));
  }
  return record;
}

/** A proxy may refuse to name its keys. */
function keysOf(value: object): string[] {
  try {
    return Object.keys(value);
  } catch {
    return [];
  }
}

function put(attributes: Attributes, key: string, value: AttributeValue | undefined): void {
  if (value !== undefined) attributes[key] = value;
}

function read(from: object, key: string): unknown {
  try {
    return (from as Record<string, unknown>)[key];
  } catch {
    return '[threw]';
  }
}
